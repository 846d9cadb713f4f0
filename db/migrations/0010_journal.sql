-- The bank's journals that were read, and their lines: each file and each line counts once.
create table journal_file (
  organisation_id uuid not null,
  id uuid not null,
  contract_id uuid not null,
  name text not null,
  sha256 bytea not null check (length(sha256) = 32),
  read_at timestamptz not null,
  -- Null while a reading was cut short: the next one goes on from there.
  finished_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, contract_id, sha256),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id)
);

create table journal_line (
  organisation_id uuid not null,
  contract_id uuid not null,
  sha256 bytea not null check (length(sha256) = 32),
  file_id uuid not null,
  number integer not null check (number > 0),
  raw text not null,
  outcome text not null check (outcome in ('booked', 'matched', 'set_aside', 'refused_test', 'no_money')),
  primary key (organisation_id, contract_id, sha256),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id),
  foreign key (organisation_id, file_id) references journal_file (organisation_id, id)
);
create index on journal_line (organisation_id, file_id);
