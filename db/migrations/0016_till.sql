-- Money at the desk by every means, the slips that take it to the bank, and the till counted each day.
-- `voucher` is a holiday voucher (ANCV); a card terminal and e-CESU pay straight into the bank account.
alter table desk_payment drop constraint desk_payment_method_check,
  add constraint desk_payment_method_check check (
    method in ('cheque', 'cash', 'transfer', 'voucher', 'cesu', 'e_cesu', 'terminal')),
  -- Of a cheque: the bank it is drawn on, and who signed it when the payer did not.
  add column bank_name text not null default '',
  add column drawer text not null default '';
create index on desk_payment (organisation_id, billing_unit_id, recorded_at desc);
create index on desk_payment (organisation_id, recorded_by, recorded_at desc);

-- A slip is frozen as it is closed; its payments are those of `deposited_payment` that bear its number.
create table deposit_slip (
  organisation_id uuid not null,
  id uuid not null,
  billing_unit_id uuid not null,
  number text not null check (number <> ''),
  kind text not null check (kind in ('cheques', 'cash', 'vouchers', 'cesu')),
  payments integer not null check (payments > 0),
  amount_cents bigint not null check (amount_cents > 0),
  -- What the person found on their own tape: equal, or the slip would not be closed.
  control_cents bigint not null,
  deposited_on date not null,
  entry_id uuid not null,
  closed_by text not null check (closed_by <> ''),
  closed_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, number),
  constraint slip_equals_control check (control_cents = amount_cents),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id)
);
create index on deposit_slip (organisation_id, billing_unit_id, closed_at desc);
create index on deposit_slip (organisation_id, entry_id);
create index on deposited_payment (organisation_id, slip);

-- The till of a unit, counted and closed once a day. What was received, taken back and deposited is
-- summed since ever, as the ledger had it, so that two closings tell what moved between them.
create table till_closing (
  organisation_id uuid not null,
  id uuid not null,
  billing_unit_id uuid not null,
  closed_on date not null,
  received_cents bigint not null,
  taken_back_cents bigint not null,
  deposited_cents bigint not null,
  -- Coins kept to give change, which are nobody's payment.
  float_cents bigint not null check (float_cents >= 0),
  -- How many of each, by face value in cents: {"5000": 2}.
  counts jsonb not null,
  counted_cents bigint not null check (counted_cents >= 0),
  -- Why what was counted is not what was expected.
  reason text check (reason <> ''),
  closed_by text not null check (closed_by <> ''),
  closed_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, billing_unit_id, closed_on),
  constraint difference_has_a_reason check (reason is not null
    or counted_cents = received_cents - taken_back_cents - deposited_cents + float_cents),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id)
);

create trigger deposit_slip_append_only before update or delete on deposit_slip
  for each row execute function refuse_change();
create trigger deposit_slip_no_truncate before truncate on deposit_slip
  for each statement execute function refuse_change();
create trigger till_closing_append_only before update or delete on till_closing
  for each row execute function refuse_change();
create trigger till_closing_no_truncate before truncate on till_closing
  for each statement execute function refuse_change();
