-- Payment attempts, what was sent to the bank, what the bank said, what it brought.
create table payment_attempt (
  organisation_id uuid not null,
  id uuid not null,
  billing_unit_id uuid not null,
  family_id uuid not null,
  adult_id uuid not null,
  contract_id uuid not null,
  reference text not null,
  form_key text not null,
  purpose text not null check (purpose in ('invoices', 'top_up')),
  amount_cents bigint not null check (amount_cents > 0),
  receipt_email text,
  state text not null
    check (state in ('created', 'redirected', 'captured', 'refused', 'abandoned', 'expired', 'review')),
  reason text,
  created_at timestamptz not null,
  state_at timestamptz not null,
  sent_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, family_id, form_key),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id),
  foreign key (organisation_id, adult_id) references adult (organisation_id, id),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id)
);
create index on payment_attempt (organisation_id, family_id, created_at desc);
create index on payment_attempt (organisation_id, billing_unit_id);
create index on payment_attempt (organisation_id, adult_id);
create index on payment_attempt (organisation_id, contract_id);
create index on payment_attempt (state, state_at) where state in ('created', 'redirected');

-- The permanent address /paiement/:ref is found without knowing the organisation.
create table payment_reference (
  reference text primary key check (reference ~ '^[0-9A-Z]{26}$'),
  organisation_id uuid not null,
  attempt_id uuid not null,
  foreign key (organisation_id, attempt_id) references payment_attempt (organisation_id, id)
);
create index on payment_reference (organisation_id, attempt_id);

-- The invoices ticked, in the order shown, with what was due when the family chose.
create table attempt_invoice (
  organisation_id uuid not null,
  attempt_id uuid not null,
  position integer not null check (position > 0),
  invoice_id uuid not null,
  due_cents bigint not null check (due_cents > 0),
  primary key (organisation_id, attempt_id, position),
  unique (organisation_id, attempt_id, invoice_id),
  foreign key (organisation_id, attempt_id) references payment_attempt (organisation_id, id),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id)
);
create index on attempt_invoice (organisation_id, invoice_id);

-- Each time the family leaves for the bank: a new transaction number under the same order.
create table attempt_sending (
  organisation_id uuid not null,
  attempt_id uuid not null,
  number integer not null check (number > 0),
  contract_id uuid not null,
  utc_day date not null,
  transaction_number text not null check (transaction_number ~ '^[0-8][0-9]{5}$'),
  amount_cents bigint not null check (amount_cents > 0),
  sent_at timestamptz not null,
  primary key (organisation_id, attempt_id, number),
  unique (organisation_id, contract_id, utc_day, transaction_number),
  foreign key (organisation_id, attempt_id) references payment_attempt (organisation_id, id),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id)
);

-- Every authentic message, as it came. A message whose application failed is tried again from here.
create table bank_message (
  organisation_id uuid not null,
  id uuid not null,
  contract_id uuid not null,
  brought_by text not null check (brought_by in ('notification', 'return')),
  raw text not null,
  received_at timestamptz not null,
  outcome text not null
    check (outcome in ('applied', 'repeated', 'set_aside', 'refused_test', 'waiting', 'failed')),
  note text,
  primary key (organisation_id, id),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id)
);
create index on bank_message (organisation_id, contract_id, received_at);

-- Money that the bank took: one row per transaction of the bank, and one ledger entry each.
create table capture (
  organisation_id uuid not null,
  id uuid not null,
  contract_id uuid not null,
  bank_transaction text not null,
  billing_unit_id uuid not null,
  attempt_id uuid,
  family_id uuid,
  amount_cents bigint not null check (amount_cents > 0),
  captured_at timestamptz not null,
  card_brand text not null,
  card_masked text not null,
  authorisation text not null,
  entry_id uuid not null,
  booked_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, contract_id, bank_transaction),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, attempt_id) references payment_attempt (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id)
);
create index on capture (organisation_id, family_id, captured_at desc);
create index on capture (organisation_id, attempt_id);
create index on capture (organisation_id, billing_unit_id, captured_at);
create index on capture (organisation_id, entry_id);

create table receipt (
  organisation_id uuid not null,
  id uuid not null,
  number text not null,
  capture_id uuid not null,
  family_id uuid not null,
  issued_at timestamptz not null,
  content text not null,
  primary key (organisation_id, id),
  unique (organisation_id, number),
  unique (organisation_id, capture_id),
  foreign key (organisation_id, capture_id) references capture (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id)
);
create index on receipt (organisation_id, family_id);

create trigger capture_append_only before update or delete on capture
  for each row execute function refuse_change();
create trigger receipt_append_only before update or delete on receipt
  for each row execute function refuse_change();
create trigger capture_no_truncate before truncate on capture
  for each statement execute function refuse_change();
create trigger receipt_no_truncate before truncate on receipt
  for each statement execute function refuse_change();
