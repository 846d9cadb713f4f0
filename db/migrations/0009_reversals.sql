-- Credit notes, money at the desk, money taken back, refunds, disputes and write-offs: rows that point
-- to entries of the ledger, each booked once under its caller's own key.
alter table account drop constraint account_kind_check, add constraint account_kind_check check (
  kind in ('receivable', 'credit', 'revenue', 'clearing', 'elsewhere', 'opening', 'suspense',
    'refund_payable', 'disputed', 'write_off', 'cash', 'cheques', 'bank'));
alter table entry drop constraint entry_kind_check, add constraint entry_kind_check check (
  kind in ('invoice', 'capture', 'elsewhere', 'opening', 'allocation', 'reversal',
    'release', 'credit_note', 'desk', 'deposit', 'bounced', 'cancellation', 'refund', 'refund_paid',
    'chargeback', 'chargeback_won', 'chargeback_lost', 'write_off'));
-- L4: what undoes an entry names it, and an entry is undone once, by a reversal or by a bounced cheque.
alter table entry drop constraint entry_check, add constraint entry_reverses_check check (
  (kind in ('reversal', 'bounced')) = (reverses is not null));
alter table entry add column reason text check (reason <> ''),
  add constraint entry_undone_with_reason check (reverses is null or reason is not null);

-- A credit note corrects an issued invoice; its content is frozen as an invoice's is.
create table credit_note (
  organisation_id uuid not null,
  id uuid not null,
  request_key text not null check (request_key <> ''),
  number text not null check (number ~ '^[A-Z]{2,4}-A[0-9]{6,}$'),
  invoice_id uuid not null,
  amount_cents bigint not null check (amount_cents > 0),
  reason text not null check (reason <> ''),
  issued_on date not null,
  issued_at timestamptz not null,
  issued_by text not null,
  content text not null,
  sha256 bytea not null check (length(sha256) = 32),
  entry_id uuid not null,
  primary key (organisation_id, id),
  unique (organisation_id, request_key),
  unique (organisation_id, number),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id)
);
create index on credit_note (organisation_id, invoice_id);
create index on credit_note (organisation_id, entry_id);

-- The lines it corrects, when it was not written for an amount.
create table credit_note_line (
  organisation_id uuid not null,
  credit_note_id uuid not null,
  invoice_id uuid not null,
  line integer not null,
  amount_cents bigint not null check (amount_cents > 0),
  primary key (organisation_id, credit_note_id, line),
  foreign key (organisation_id, credit_note_id) references credit_note (organisation_id, id),
  foreign key (organisation_id, invoice_id, line) references invoice_line (organisation_id, invoice_id, line)
);
create index on credit_note_line (organisation_id, invoice_id, line);

-- Money handed over at the desk. What it settled stands in the ledger.
create table desk_payment (
  organisation_id uuid not null,
  id uuid not null,
  request_key text not null check (request_key <> ''),
  billing_unit_id uuid not null,
  family_id uuid not null,
  method text not null check (method in ('cheque', 'cash', 'transfer', 'voucher')),
  amount_cents bigint not null check (amount_cents > 0),
  received_on date not null,
  payer_name text not null check (payer_name <> ''),
  -- The cheque's number, the transfer's own words; empty when there are none.
  mark text not null,
  entry_id uuid not null,
  recorded_by text not null check (recorded_by <> ''),
  recorded_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, request_key),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id)
);
create index on desk_payment (organisation_id, family_id, received_on desc);
create index on desk_payment (organisation_id, billing_unit_id);
create index on desk_payment (organisation_id, entry_id);

-- A receipt proves a capture or a payment at the desk.
alter table receipt alter column capture_id drop not null,
  add column desk_payment_id uuid,
  add constraint receipt_source_check check ((capture_id is null) <> (desk_payment_id is null)),
  add unique (organisation_id, desk_payment_id),
  add foreign key (organisation_id, desk_payment_id) references desk_payment (organisation_id, id);

-- Cheques and vouchers leave the desk once, on a slip.
create table deposited_payment (
  organisation_id uuid not null,
  desk_payment_id uuid not null,
  slip text not null check (slip <> ''),
  entry_id uuid not null,
  primary key (organisation_id, desk_payment_id),
  foreign key (organisation_id, desk_payment_id) references desk_payment (organisation_id, id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id)
);
create index on deposited_payment (organisation_id, entry_id);

-- What the bank took back of a capture before it was collected (F41, F43).
create table capture_cancellation (
  organisation_id uuid not null,
  capture_id uuid not null,
  -- What is left of the capture: each step is told once.
  left_cents bigint not null check (left_cents >= 0),
  amount_cents bigint not null check (amount_cents > 0),
  entry_id uuid not null,
  primary key (organisation_id, capture_id, left_cents),
  foreign key (organisation_id, capture_id) references capture (organisation_id, id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id)
);
create index on capture_cancellation (organisation_id, entry_id);

-- A refund is asked for, then paid or refused. Its money comes from the family's credit.
create table refund (
  organisation_id uuid not null,
  id uuid not null,
  request_key text not null check (request_key <> ''),
  billing_unit_id uuid not null,
  family_id uuid not null,
  capture_id uuid not null,
  credit_note_id uuid,
  amount_cents bigint not null check (amount_cents > 0),
  reason text not null check (reason <> ''),
  state text not null check (state in ('requested', 'paid', 'refused')),
  entry_id uuid not null,
  requested_by text not null,
  requested_at timestamptz not null,
  state_at timestamptz not null,
  -- The bank's own transaction, or the transfer's reference.
  settlement_key text,
  primary key (organisation_id, id),
  unique (organisation_id, request_key),
  unique (organisation_id, settlement_key),
  check ((state = 'paid') = (settlement_key is not null)),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id),
  foreign key (organisation_id, capture_id) references capture (organisation_id, id),
  foreign key (organisation_id, credit_note_id) references credit_note (organisation_id, id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id)
);
create index on refund (organisation_id, capture_id);
create index on refund (organisation_id, family_id);
create index on refund (organisation_id, billing_unit_id);
create index on refund (organisation_id, credit_note_id);
create index on refund (organisation_id, entry_id);

-- A payment that the cardholder disputes at the bank, under the bank's own number.
create table chargeback (
  organisation_id uuid not null,
  id uuid not null,
  dispute text not null check (dispute <> ''),
  capture_id uuid not null,
  amount_cents bigint not null check (amount_cents > 0),
  -- Lost, the debt is reopened, or the association bears the loss.
  state text not null check (state in ('open', 'won', 'reopened', 'written_off')),
  closed_by text,
  -- A loss that the association bears is approved by a second person.
  approved_by text,
  opened_at timestamptz not null,
  state_at timestamptz not null,
  entry_id uuid not null,
  primary key (organisation_id, id),
  unique (organisation_id, dispute),
  check ((state = 'open') = (closed_by is null)),
  check ((state = 'written_off') = (approved_by is not null)),
  constraint loss_needs_two_people check (approved_by <> closed_by),
  foreign key (organisation_id, capture_id) references capture (organisation_id, id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id)
);
create index on chargeback (organisation_id, capture_id);
create index on chargeback (organisation_id, entry_id);

-- A debt given up by a decision that two people signed.
create table write_off (
  organisation_id uuid not null,
  id uuid not null,
  decision text not null check (decision <> ''),
  invoice_id uuid not null,
  amount_cents bigint not null check (amount_cents > 0),
  reason text not null check (reason <> ''),
  decided_by text not null check (decided_by <> ''),
  approved_by text not null check (approved_by <> ''),
  written_at timestamptz not null,
  entry_id uuid not null,
  primary key (organisation_id, id),
  unique (organisation_id, decision),
  constraint write_off_needs_two_people check (decided_by <> approved_by),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id)
);
create index on write_off (organisation_id, invoice_id);
create index on write_off (organisation_id, entry_id);

create trigger credit_note_append_only before update or delete on credit_note
  for each row execute function refuse_change();
create trigger credit_note_line_append_only before update or delete on credit_note_line
  for each row execute function refuse_change();
create trigger desk_payment_append_only before update or delete on desk_payment
  for each row execute function refuse_change();
create trigger deposited_payment_append_only before update or delete on deposited_payment
  for each row execute function refuse_change();
create trigger capture_cancellation_append_only before update or delete on capture_cancellation
  for each row execute function refuse_change();
create trigger write_off_append_only before update or delete on write_off
  for each row execute function refuse_change();
create trigger credit_note_no_truncate before truncate on credit_note
  for each statement execute function refuse_change();
create trigger credit_note_line_no_truncate before truncate on credit_note_line
  for each statement execute function refuse_change();
create trigger desk_payment_no_truncate before truncate on desk_payment
  for each statement execute function refuse_change();
create trigger deposited_payment_no_truncate before truncate on deposited_payment
  for each statement execute function refuse_change();
create trigger capture_cancellation_no_truncate before truncate on capture_cancellation
  for each statement execute function refuse_change();
create trigger refund_no_truncate before truncate on refund
  for each statement execute function refuse_change();
create trigger chargeback_no_truncate before truncate on chargeback
  for each statement execute function refuse_change();
create trigger write_off_no_truncate before truncate on write_off
  for each statement execute function refuse_change();

-- A refund or a dispute ends once; what it says is never changed. Arguments: its first state, and the
-- columns that the end fills.
create function guard_end() returns trigger language plpgsql as $$
declare
  filled text[] := string_to_array(tg_argv[1], ' ');
begin
  if tg_op = 'DELETE' or old.state <> tg_argv[0] or to_jsonb(new) - filled <> to_jsonb(old) - filled then
    raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger refund_guard before update or delete on refund
  for each row execute function guard_end('requested', 'state state_at settlement_key');
create trigger chargeback_guard before update or delete on chargeback
  for each row execute function guard_end('open', 'state state_at closed_by approved_by');

-- L8: never more refunded than captured, never more credited than invoiced, whoever writes. The lock
-- makes two writers see each other.
create function check_refunds() returns trigger language plpgsql as $$
declare
  captured bigint;
  refunded bigint;
begin
  select amount_cents into captured from capture
    where organisation_id = new.organisation_id and id = new.capture_id for no key update;
  select sum(amount_cents) into refunded from refund
    where organisation_id = new.organisation_id and capture_id = new.capture_id and state <> 'refused';
  if refunded > captured then
    raise exception 'capture % is refunded above what it took', new.capture_id
      using errcode = 'check_violation', constraint = 'refund_never_above_capture';
  end if;
  return null;
end $$;
create trigger refund_never_above_capture after insert or update on refund
  for each row execute function check_refunds();

create function check_credit_notes() returns trigger language plpgsql as $$
declare
  invoiced bigint;
  credited bigint;
begin
  select total_cents into invoiced from invoice
    where organisation_id = new.organisation_id and id = new.invoice_id for no key update;
  select sum(amount_cents) into credited from credit_note
    where organisation_id = new.organisation_id and invoice_id = new.invoice_id;
  if credited > invoiced then
    raise exception 'invoice % is credited above its total', new.invoice_id
      using errcode = 'check_violation', constraint = 'credit_notes_never_above_invoice';
  end if;
  return null;
end $$;
create trigger credit_notes_never_above_invoice after insert on credit_note
  for each row execute function check_credit_notes();
