-- Where families may transfer money to a billing unit; all three or none.
alter table billing_unit
  add column transfer_beneficiary text check (transfer_beneficiary <> ''),
  add column transfer_iban text check (transfer_iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  add column transfer_bic text check (transfer_bic ~ '^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$'),
  add constraint billing_unit_transfer_check check (
    num_nulls(transfer_beneficiary, transfer_iban, transfer_bic) in (0, 3));

-- Money that came into such an account, as the bank's statement tells it: each line counts once, in
-- whatever file. One that names no invoice waits until a person says whose it is, or that it is none
-- of the families': an account receives grants and remittances of cards too.
create table transfer (
  organisation_id uuid not null,
  id uuid not null,
  -- What makes a line the same line: account, day, amount, the bank's references, payer, words.
  sha256 bytea not null check (length(sha256) = 32),
  iban text not null,
  booked_on date not null,
  amount_cents bigint not null check (amount_cents > 0),
  -- Empty when the bank does not say.
  payer_name text not null,
  words text not null,
  read_at timestamptz not null,
  state text not null check (state in ('waiting', 'recorded', 'dismissed')),
  state_at timestamptz not null,
  state_by text not null,
  desk_payment_id uuid,
  -- Why it is none of the families'.
  reason text check (reason <> ''),
  primary key (organisation_id, id),
  unique (organisation_id, sha256),
  unique (organisation_id, desk_payment_id),
  check ((state = 'recorded') = (desk_payment_id is not null)),
  check ((state = 'dismissed') = (reason is not null)),
  foreign key (organisation_id, desk_payment_id) references desk_payment (organisation_id, id)
);
create index on transfer (organisation_id, booked_on) where state = 'waiting';

create trigger transfer_guard before update or delete on transfer
  for each row execute function guard_end('waiting', 'state state_at state_by desk_payment_id reason');
create trigger transfer_no_truncate before truncate on transfer
  for each statement execute function refuse_change();
