-- What the bank says in other ways than was asked: the same transaction under two names, money given
-- back by a person in the bank's own back office, and money set aside that finds its place later.
alter table entry drop constraint entry_kind_check, add constraint entry_kind_check check (
  kind in ('invoice', 'capture', 'elsewhere', 'opening', 'allocation', 'reversal',
    'release', 'credit_note', 'desk', 'deposit', 'bounced', 'cancellation', 'refund', 'refund_paid',
    'chargeback', 'chargeback_won', 'chargeback_lost', 'write_off', 'bank_refund', 'suspense_resolved'));

-- The number under which the transaction was sent: unique per shop and UTC day only.
alter table capture add column transaction_number text;
create index on capture (organisation_id, contract_id, transaction_number);

-- The bank's other name of a captured transaction: its own id where it was booked by its number, or
-- the other way round. A capture has two names at most.
create table capture_alias (
  organisation_id uuid not null,
  contract_id uuid not null,
  bank_transaction text not null,
  capture_id uuid not null,
  primary key (organisation_id, contract_id, bank_transaction),
  unique (organisation_id, capture_id),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id),
  foreign key (organisation_id, capture_id) references capture (organisation_id, id)
);

-- Money of a capture that the bank gave back without the portal having asked; without a capture it
-- stands in suspense.
create table bank_refund (
  organisation_id uuid not null,
  contract_id uuid not null,
  bank_transaction text not null,
  capture_id uuid,
  amount_cents bigint not null check (amount_cents > 0),
  paid_at timestamptz not null,
  entry_id uuid not null,
  booked_at timestamptz not null,
  primary key (organisation_id, contract_id, bank_transaction),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id),
  foreign key (organisation_id, capture_id) references capture (organisation_id, id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id)
);
create index on bank_refund (organisation_id, capture_id);
create index on bank_refund (organisation_id, entry_id);

-- Money of a capture that stood in suspense and was given its place by a person.
create table suspense_resolution (
  organisation_id uuid not null,
  id uuid not null,
  request_key text not null check (request_key <> ''),
  capture_id uuid not null,
  -- To a family's credit, to an invoice and then to its family's credit, or back to who paid.
  destination text not null check (destination in ('credit', 'invoice', 'given_back')),
  family_id uuid,
  invoice_id uuid,
  -- The transfer by which it was given back.
  transfer text,
  amount_cents bigint not null check (amount_cents > 0),
  reason text not null check (reason <> ''),
  resolved_by text not null check (resolved_by <> ''),
  resolved_at timestamptz not null,
  entry_id uuid not null,
  primary key (organisation_id, id),
  unique (organisation_id, request_key),
  check ((destination = 'given_back') = (transfer is not null)),
  check ((destination = 'given_back') = (family_id is null)),
  check ((destination = 'invoice') = (invoice_id is not null)),
  foreign key (organisation_id, capture_id) references capture (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id)
);
create index on suspense_resolution (organisation_id, capture_id);
create index on suspense_resolution (organisation_id, family_id);
create index on suspense_resolution (organisation_id, invoice_id);
create index on suspense_resolution (organisation_id, entry_id);

create trigger capture_alias_append_only before update or delete on capture_alias
  for each row execute function refuse_change();
create trigger bank_refund_append_only before update or delete on bank_refund
  for each row execute function refuse_change();
create trigger suspense_resolution_append_only before update or delete on suspense_resolution
  for each row execute function refuse_change();
create trigger capture_alias_no_truncate before truncate on capture_alias
  for each statement execute function refuse_change();
create trigger bank_refund_no_truncate before truncate on bank_refund
  for each statement execute function refuse_change();
create trigger suspense_resolution_no_truncate before truncate on suspense_resolution
  for each statement execute function refuse_change();

-- L8: what was refunded, asked for or not, never exceeds what was captured.
create or replace function check_refunds() returns trigger language plpgsql as $$
declare
  captured bigint;
  refunded bigint;
begin
  select amount_cents into captured from capture
    where organisation_id = new.organisation_id and id = new.capture_id for no key update;
  select coalesce((select sum(amount_cents) from refund
      where organisation_id = new.organisation_id and capture_id = new.capture_id and state <> 'refused'), 0)
    + coalesce((select sum(amount_cents) from bank_refund
      where organisation_id = new.organisation_id and capture_id = new.capture_id), 0) into refunded;
  if refunded > captured then
    raise exception 'capture % is refunded above what it took', new.capture_id
      using errcode = 'check_violation', constraint = 'refund_never_above_capture';
  end if;
  return null;
end $$;
create trigger bank_refund_never_above_capture after insert on bank_refund
  for each row execute function check_refunds();
