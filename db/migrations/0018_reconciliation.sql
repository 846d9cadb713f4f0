-- Money checked: what each line of the bank's journal says in our words, the closing of a day, and
-- refunds that two people sign.
alter table journal_line
  add column bank_transaction text,
  add column reference text,
  add column happened_at timestamptz,
  -- What the bank took, or gave back when negative; zero when no money moved. Null: not read in euros,
  -- or read before these columns.
  add column moved_cents bigint,
  add column card_masked text,
  add column authorisation text;
create index on journal_line (organisation_id, contract_id, happened_at);
create index on journal_line (organisation_id, contract_id, bank_transaction);
create index on capture (organisation_id, contract_id, captured_at);
create index on bank_refund (organisation_id, contract_id, paid_at);

-- A day of a contract, closed once for good: its equation, its differences as they stood, and who signed.
create table reconciliation_closing (
  organisation_id uuid not null,
  id uuid not null,
  contract_id uuid not null,
  day_on date not null,
  bank_cents bigint not null,
  portal_cents bigint not null,
  differences integer not null check (differences >= 0),
  -- The comparison as it was shown, in JSON.
  content text not null,
  reserve text check (reserve <> ''),
  closed_by uuid not null,
  closed_name text not null check (closed_name <> ''),
  closed_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, contract_id, day_on),
  constraint open_differences_need_a_reserve check (
    reserve is not null or (bank_cents = portal_cents and differences = 0)),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id),
  foreign key (organisation_id, closed_by) references staff_member (organisation_id, id)
);
create index on reconciliation_closing (organisation_id, closed_by);

-- Above this amount, who prepared a refund does not approve it.
alter table billing_unit add column refund_threshold_cents bigint not null default 0
  check (refund_threshold_cents >= 0);

-- A refund that somebody prepared. Nothing is booked before it is approved.
create table refund_request (
  organisation_id uuid not null,
  id uuid not null,
  request_key text not null check (request_key <> ''),
  billing_unit_id uuid not null,
  family_id uuid not null,
  capture_id uuid not null,
  -- The paid invoice that a credit note corrects first; none: the money is the family's credit.
  invoice_id uuid,
  amount_cents bigint not null check (amount_cents > 0),
  -- What could be refunded when it was prepared.
  refundable_cents bigint not null,
  reason text not null check (reason <> ''),
  prepared_by uuid not null,
  prepared_name text not null check (prepared_name <> ''),
  prepared_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, request_key),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id),
  foreign key (organisation_id, capture_id) references capture (organisation_id, id),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id),
  foreign key (organisation_id, prepared_by) references staff_member (organisation_id, id)
);
create index on refund_request (organisation_id, billing_unit_id);
create index on refund_request (organisation_id, family_id);
create index on refund_request (organisation_id, capture_id);
create index on refund_request (organisation_id, invoice_id);
create index on refund_request (organisation_id, prepared_by);

-- What was decided of it, once: approved, it is a refund; refused, a reason says why.
create table refund_decision (
  organisation_id uuid not null,
  request_id uuid not null,
  refund_id uuid,
  reason text check (reason <> ''),
  decided_by uuid not null,
  decided_name text not null check (decided_name <> ''),
  decided_at timestamptz not null,
  primary key (organisation_id, request_id),
  unique (organisation_id, refund_id),
  check ((refund_id is null) = (reason is not null)),
  foreign key (organisation_id, request_id) references refund_request (organisation_id, id),
  foreign key (organisation_id, refund_id) references refund (organisation_id, id),
  foreign key (organisation_id, decided_by) references staff_member (organisation_id, id)
);
create index on refund_decision (organisation_id, decided_by);

-- Two people above the unit's threshold, whoever writes.
create function check_second_person() returns trigger language plpgsql as $$
begin
  if new.refund_id is not null and exists (
    select from refund_request q
    join billing_unit u on u.organisation_id = q.organisation_id and u.id = q.billing_unit_id
    where q.organisation_id = new.organisation_id and q.id = new.request_id
      and q.prepared_by = new.decided_by and q.amount_cents > u.refund_threshold_cents
  ) then
    raise exception 'refund request % needs a second person', new.request_id
      using errcode = 'check_violation', constraint = 'refund_needs_two_people';
  end if;
  return new;
end $$;
create trigger refund_needs_two_people before insert on refund_decision
  for each row execute function check_second_person();

create trigger reconciliation_closing_append_only before update or delete on reconciliation_closing
  for each row execute function refuse_change();
create trigger refund_request_append_only before update or delete on refund_request
  for each row execute function refuse_change();
create trigger refund_decision_append_only before update or delete on refund_decision
  for each row execute function refuse_change();
create trigger reconciliation_closing_no_truncate before truncate on reconciliation_closing
  for each statement execute function refuse_change();
create trigger refund_request_no_truncate before truncate on refund_request
  for each statement execute function refuse_change();
create trigger refund_decision_no_truncate before truncate on refund_decision
  for each statement execute function refuse_change();
