-- Drafts prepared from the invoices of a past month: one open draft per invoice and month, whoever asks.
alter table invoice_draft add column prepared_from_invoice_id uuid,
  add column prepared_for date,
  add constraint prepared_whole check ((prepared_from_invoice_id is null) = (prepared_for is null)),
  add foreign key (organisation_id, prepared_from_invoice_id) references invoice (organisation_id, id);
create index on invoice_draft (organisation_id, prepared_from_invoice_id);
create unique index invoice_draft_prepared_once
  on invoice_draft (organisation_id, prepared_from_invoice_id, prepared_for)
  where state in ('draft', 'checked');
-- What an establishment invoiced for a month.
create index on invoice (organisation_id, establishment_id, (coalesce(period_from, issued_on)));
