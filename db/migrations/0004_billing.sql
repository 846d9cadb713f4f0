-- Issued invoices. An invoice is never told that it is paid: what is due stands in the ledger.
create table invoice (
  organisation_id uuid not null,
  id uuid not null,
  billing_unit_id uuid not null,
  establishment_id uuid not null,
  family_id uuid not null,
  number text not null check (number ~ '^[A-Z]{2,4}[0-9]{6,}$'),
  external_key text,
  issued_on date not null,
  issued_at timestamptz not null,
  visible_at timestamptz not null,
  due_on date,
  period_from date,
  period_to date,
  beneficiary text not null,
  activity text not null,
  referent text not null,
  total_cents bigint not null check (total_cents > 0),
  -- An opening debit taken over from the other software is no sale: its counterpart is not revenue.
  purpose text not null check (purpose in ('sale', 'opening')),
  primary key (organisation_id, id),
  unique (organisation_id, number),
  unique (organisation_id, external_key),
  check ((period_from is null) = (period_to is null)),
  check (period_from <= period_to),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, establishment_id) references establishment (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id)
);
create index on invoice (organisation_id, family_id, issued_on desc, number desc);
create index on invoice (organisation_id, billing_unit_id);
create index on invoice (organisation_id, establishment_id);

alter table account add foreign key (organisation_id, invoice_id)
  references invoice (organisation_id, id) deferrable initially deferred;

create table invoice_line (
  organisation_id uuid not null,
  invoice_id uuid not null,
  line integer not null check (line > 0),
  child_id uuid,
  child_name text not null,
  happened_on date,
  label text not null check (label <> ''),
  quantity_thousandths integer not null,
  unit_cents bigint not null,
  amount_cents bigint not null,
  rate_note text not null,
  primary key (organisation_id, invoice_id, line),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id),
  foreign key (organisation_id, child_id) references child (organisation_id, id)
);
create index on invoice_line (organisation_id, child_id);

-- What issue froze: the content from which alone the PDF is drawn, and its hash.
create table invoice_content (
  organisation_id uuid not null,
  invoice_id uuid not null,
  content text not null,
  sha256 bytea not null check (length(sha256) = 32),
  primary key (organisation_id, invoice_id),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id)
);

-- The document itself, drawn once or taken over from the other software, then reissued byte for byte.
create table invoice_pdf (
  organisation_id uuid not null,
  invoice_id uuid not null,
  origin text not null check (origin in ('drawn', 'original')),
  pdf bytea not null,
  sha256 bytea not null check (length(sha256) = 32),
  kept_at timestamptz not null,
  primary key (organisation_id, invoice_id),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id)
);

-- An invoice waits to become visible; then credit is applied to it, and its payers hear of it on the
-- day announced (or never: what is settled needs no mail).
create table invoice_publication (
  organisation_id uuid not null,
  invoice_id uuid not null,
  visible_at timestamptz not null,
  published_at timestamptz,
  announced_on date,
  primary key (organisation_id, invoice_id),
  check (announced_on is null or published_at is not null),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id)
);
create index on invoice_publication (visible_at) where published_at is null;

-- Payments received elsewhere, taken over with the other software's key.
create table elsewhere_payment (
  organisation_id uuid not null,
  id uuid not null,
  billing_unit_id uuid not null,
  family_id uuid not null,
  external_key text not null,
  received_on date not null,
  method text not null,
  amount_cents bigint not null check (amount_cents > 0),
  entry_id uuid not null,
  primary key (organisation_id, id),
  unique (organisation_id, external_key),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id)
);
create index on elsewhere_payment (organisation_id, family_id, received_on desc);
create index on elsewhere_payment (organisation_id, billing_unit_id);
create index on elsewhere_payment (organisation_id, entry_id);

create trigger invoice_append_only before update or delete on invoice
  for each row execute function refuse_change();
create trigger invoice_line_append_only before update or delete on invoice_line
  for each row execute function refuse_change();
create trigger invoice_content_append_only before update or delete on invoice_content
  for each row execute function refuse_change();
create trigger invoice_pdf_append_only before update or delete on invoice_pdf
  for each row execute function refuse_change();
create trigger invoice_no_truncate before truncate on invoice
  for each statement execute function refuse_change();
create trigger invoice_line_no_truncate before truncate on invoice_line
  for each statement execute function refuse_change();
create trigger invoice_content_no_truncate before truncate on invoice_content
  for each statement execute function refuse_change();
create trigger invoice_pdf_no_truncate before truncate on invoice_pdf
  for each statement execute function refuse_change();
create trigger elsewhere_payment_append_only before update or delete on elsewhere_payment
  for each row execute function refuse_change();
create trigger elsewhere_payment_no_truncate before truncate on elsewhere_payment
  for each statement execute function refuse_change();
