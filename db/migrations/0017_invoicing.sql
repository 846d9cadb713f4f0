-- What staff write before an invoice exists: a catalogue, drafts, and batches of them.

-- What may be charged, with what the accounts need to know of it. An item out of use stays.
create table charge_item (
  organisation_id uuid not null,
  id uuid not null,
  establishment_id uuid not null,
  label text not null check (label <> '' and label = trim(label)),
  -- All taxes included; negative for a reduction.
  unit_cents bigint not null check (unit_cents between -1000000 and 1000000),
  vat text not null check (vat in ('exempt', 'reduced', 'intermediate', 'standard')),
  account_code text not null check (account_code ~ '^[0-9A-Z]{3,12}$'),
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, establishment_id) references establishment (organisation_id, id)
);
create index on charge_item (organisation_id, establishment_id);
create unique index on charge_item (organisation_id, establishment_id, lower(label)) where retired_at is null;

-- A line keeps what the catalogue said of it on the day of issue.
alter table invoice_line add column vat text check (vat in ('exempt', 'reduced', 'intermediate', 'standard')),
  add column account_code text check (account_code ~ '^[0-9A-Z]{3,12}$');

-- Beside what is shown as the deadline: until when it is taken online, and at the desk.
alter table invoice add column online_until date,
  add column desk_until date,
  add column replaces_invoice_id uuid,
  add foreign key (organisation_id, replaces_invoice_id) references invoice (organisation_id, id);
create index on invoice (organisation_id, replaces_invoice_id);
create index on invoice (organisation_id, issued_on desc, number desc);

-- A draft is kept as it was typed, faults included; what lists and controls ask is read from it at each
-- saving. It has no number: numbers are of invoices.
create table invoice_draft (
  organisation_id uuid not null,
  id uuid not null,
  billing_unit_id uuid not null,
  establishment_id uuid not null,
  family_id uuid not null,
  state text not null check (state in ('draft', 'checked', 'issued', 'dropped')),
  -- Each saving counts one: who saves over another's saving is told.
  version integer not null check (version > 0),
  typed jsonb not null,
  fault_count integer not null check (fault_count >= 0),
  has_double boolean not null,
  total_cents bigint not null,
  period_from date,
  period_to date,
  -- The invoice that this draft corrects, already brought to nothing by a credit note.
  replaces_invoice_id uuid,
  invoice_id uuid,
  created_at timestamptz not null,
  saved_at timestamptz not null,
  saved_by text not null check (saved_by <> ''),
  primary key (organisation_id, id),
  unique (organisation_id, invoice_id),
  check ((state = 'issued') = (invoice_id is not null)),
  check (state <> 'checked' or fault_count = 0),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, establishment_id) references establishment (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id),
  foreign key (organisation_id, replaces_invoice_id) references invoice (organisation_id, id),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id)
);
create index on invoice_draft (organisation_id, billing_unit_id);
create index on invoice_draft (organisation_id, establishment_id, period_from);
create index on invoice_draft (organisation_id, family_id);
create index on invoice_draft (organisation_id, replaces_invoice_id);
create index on invoice_draft (organisation_id, saved_at desc) where state in ('draft', 'checked');

-- Drafts issued together. Its rows say how far it came: any of them may be the last before a crash.
create table invoice_batch (
  organisation_id uuid not null,
  id uuid not null,
  billing_unit_id uuid not null,
  state text not null check (state in ('running', 'stopped', 'done', 'cancelling', 'cancelled')),
  -- What it was asked for, in words.
  said text not null,
  row_count integer not null check (row_count >= 0),
  started_by text not null check (started_by <> ''),
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id)
);
create index on invoice_batch (organisation_id, billing_unit_id);
create index on invoice_batch (state) where state in ('running', 'cancelling');

create table invoice_batch_row (
  organisation_id uuid not null,
  batch_id uuid not null,
  place integer not null check (place > 0),
  draft_id uuid not null,
  state text not null check (state in ('waiting', 'issued', 'excluded', 'failed', 'cancelled', 'kept')),
  -- Why it was excluded, failed or could not be cancelled, in the words of code.
  reasons text[] not null default '{}',
  primary key (organisation_id, batch_id, place),
  unique (organisation_id, batch_id, draft_id),
  foreign key (organisation_id, batch_id) references invoice_batch (organisation_id, id),
  foreign key (organisation_id, draft_id) references invoice_draft (organisation_id, id)
);
create index on invoice_batch_row (organisation_id, draft_id);
create index on invoice_batch_row (organisation_id, batch_id, state, place);

-- One thing of an issued invoice may change: before its publication it is withheld from the family
-- for good, when it was cancelled. Everything else stays as frozen.
create function refuse_invoice_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.visible_at = 'infinity'
    and to_jsonb(new) - 'visible_at' = to_jsonb(old) - 'visible_at'
    and exists (select from invoice_publication p
      where p.organisation_id = new.organisation_id and p.invoice_id = new.id and p.published_at is null)
    and (select coalesce(sum(c.amount_cents), 0) from credit_note c
      where c.organisation_id = new.organisation_id and c.invoice_id = new.id) = new.total_cents
  then
    return new;
  end if;
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;
drop trigger invoice_append_only on invoice;
create trigger invoice_append_only before update or delete on invoice
  for each row execute function refuse_invoice_change();
