-- The bank's own interface between servers, when the contract has it; the password is sealed.
alter table bank_contract
  add column rest_url text,
  add column sealed_rest_password text,
  add constraint bank_contract_rest_whole check ((rest_url is null) = (sealed_rest_password is null));

alter table bank_message
  drop constraint bank_message_brought_by_check,
  add constraint bank_message_brought_by_check check (brought_by in ('notification', 'return', 'enquiry'));

-- Each question to the bank about a sending, one rung of the ladder at a time. A rung that a later
-- one overtook is skipped; a bank that did not answer leaves no row, so that it is asked again.
create table enquiry (
  organisation_id uuid not null,
  attempt_id uuid not null,
  sending integer not null,
  rung integer not null check (rung > 0),
  asked_at timestamptz not null,
  outcome text not null check (outcome in ('answered', 'nothing', 'failed', 'skipped')),
  primary key (organisation_id, attempt_id, sending, rung),
  foreign key (organisation_id, attempt_id, sending)
    references attempt_sending (organisation_id, attempt_id, number)
);

-- Whom to ask about: few, whatever the years.
create index on payment_attempt (sent_at) where sent_at is not null and state <> 'captured';
