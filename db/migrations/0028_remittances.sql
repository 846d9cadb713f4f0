-- What the bank's reconciliation reports prove: money credited, a line per transaction. Each counts once,
-- whatever the file that says it.
create table remittance_line (
  organisation_id uuid not null,
  contract_id uuid not null,
  -- Of what the line says in our words: another file, or other columns beside, change nothing.
  sha256 bytea not null check (length(sha256) = 32),
  file text not null,
  number integer not null check (number > 0),
  raw text not null,
  -- The bank's own number and day of the remittance; null: the report does not say.
  remittance text check (remittance <> ''),
  remitted_on date,
  bank_transaction text check (bank_transaction <> ''),
  transaction_number text not null,
  reference text not null,
  happened_at timestamptz not null,
  operation text not null check (operation in ('debit', 'credit')),
  -- Null: not in euros.
  amount_cents bigint check (amount_cents >= 0),
  -- The payment that the line is about, when the portal knows it.
  capture_id uuid,
  outcome text not null check (outcome in ('matched', 'booked', 'set_aside', 'differs', 'unknown')),
  read_at timestamptz not null,
  primary key (organisation_id, contract_id, sha256),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id),
  foreign key (organisation_id, capture_id) references capture (organisation_id, id)
);
create index on remittance_line (organisation_id, contract_id, happened_at);
create index on remittance_line (organisation_id, capture_id);
