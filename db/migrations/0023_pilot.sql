-- What waits for the staff, and what is owed, counted without reading every invoice: rows kept in step
-- by the writing itself where a count must be exact, figures drawn by a job where a month is long.

-- The billing units that a task is about: who holds a right on another unit does not see it. A task
-- without one is about the whole organisation.
create table task_unit (
  organisation_id uuid not null,
  task_id uuid not null,
  billing_unit_id uuid not null,
  primary key (organisation_id, task_id, billing_unit_id),
  foreign key (organisation_id, task_id) references task (organisation_id, id),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id)
);
create index on task_unit (organisation_id, billing_unit_id);
insert into task_unit (organisation_id, task_id, billing_unit_id)
  -- Their key names the contract, except where it names the cheque, the dispute or the transfer.
  select t.organisation_id, t.id, u.id from task t
    join billing_unit u on u.organisation_id = t.organisation_id
      and u.contract_id::text = split_part(t.task_key, ' ', 2)
  union select t.organisation_id, t.id, f.billing_unit_id from task t
    join family_unit f on f.organisation_id = t.organisation_id
      and f.family_id::text = t.details ->> 'familyId'
  union select t.organisation_id, t.id, d.billing_unit_id from task t
    join desk_payment d on d.organisation_id = t.organisation_id
      and d.id::text = split_part(t.task_key, ' ', 2)
    where t.kind = 'cheque-bounced'
  union select t.organisation_id, t.id, c.billing_unit_id from task t
    join chargeback b on b.organisation_id = t.organisation_id
      and b.dispute = coalesce(t.details ->> 'dispute', t.details ->> 'reference')
    join capture c on c.organisation_id = b.organisation_id and c.id = b.capture_id
    where t.kind in ('dispute-opened', 'dispute-lost')
  union select t.organisation_id, t.id, u.id from task t
    join transfer v on v.organisation_id = t.organisation_id and v.id::text = t.details ->> 'transfer'
    join billing_unit u on u.organisation_id = t.organisation_id and u.transfer_iban = v.iban
    where t.kind = 'transfer-waiting';
create index on task (organisation_id, created_at) where done_at is null;
create index on task (organisation_id, done_at) where done_at is not null;

-- A block of « À traiter » put off until a day, for a billing unit; without one, what is of no unit.
create table worklist_postponement (
  organisation_id uuid not null references organisation (id),
  check_name text not null check (check_name <> ''),
  billing_unit_id uuid,
  until_at timestamptz not null,
  reason text not null check (reason <> ''),
  postponed_by text not null check (postponed_by <> ''),
  postponed_at timestamptz not null,
  unique nulls not distinct (organisation_id, check_name, billing_unit_id),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id)
);
create index on worklist_postponement (organisation_id, billing_unit_id);

-- What is due on an invoice, while something is, under its deadline; and their sum by family and unit.
-- Both follow the balance of the invoice's account by the triggers below, and have no other writer.
create table debt (
  organisation_id uuid not null,
  invoice_id uuid not null,
  billing_unit_id uuid not null,
  establishment_id uuid not null,
  family_id uuid not null,
  -- Its deadline; without one, the day from which the family sees it, never before.
  due_on date not null,
  cents bigint not null check (cents > 0),
  primary key (organisation_id, invoice_id),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id)
);
create index debt_by_day on debt (organisation_id, due_on, family_id, billing_unit_id) include (cents);
create index debt_by_family on debt (organisation_id, family_id, billing_unit_id, due_on) include (cents);
create index debt_by_place on debt (organisation_id, billing_unit_id, establishment_id, due_on) include (cents);

create table family_debt (
  organisation_id uuid not null,
  family_id uuid not null,
  billing_unit_id uuid not null,
  cents bigint not null check (cents >= 0),
  primary key (organisation_id, family_id, billing_unit_id),
  foreign key (organisation_id, family_id) references family (organisation_id, id),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id)
);
create index family_debt_by_unit on family_debt (organisation_id, billing_unit_id, cents);
create index family_debt_by_amount on family_debt (organisation_id, cents, family_id, billing_unit_id)
  where cents > 0;

create function keep_debt() returns trigger language plpgsql as $$
declare
  kept debt;
begin
  if new.cents = 0 then
    delete from debt where organisation_id = new.organisation_id and invoice_id = new.account_id
      returning * into kept;
  elsif old.cents = 0 then
    insert into debt (organisation_id, invoice_id, billing_unit_id, establishment_id, family_id, due_on, cents)
      select organisation_id, id, billing_unit_id, establishment_id, family_id,
        greatest(coalesce(due_on, '-infinity'), (visible_at at time zone 'Europe/Paris')::date), new.cents
      from invoice where organisation_id = new.organisation_id and id = new.account_id
      returning * into kept;
  else
    update debt set cents = new.cents
      where organisation_id = new.organisation_id and invoice_id = new.account_id
      returning * into kept;
  end if;
  -- A row that is only proposed is checked too: what lowers the sum must not pass by an insertion.
  if new.cents < old.cents then
    update family_debt set cents = cents + new.cents - old.cents
      where organisation_id = kept.organisation_id and family_id = kept.family_id
        and billing_unit_id = kept.billing_unit_id;
  else
    insert into family_debt as f (organisation_id, family_id, billing_unit_id, cents)
      values (kept.organisation_id, kept.family_id, kept.billing_unit_id, new.cents - old.cents)
      on conflict (organisation_id, family_id, billing_unit_id) do update set cents = f.cents + excluded.cents;
  end if;
  return null;
end $$;
create trigger balance_keeps_debt after update of cents on balance for each row
  when (new.kind = 'receivable' and new.cents <> old.cents) execute function keep_debt();

-- Writes both anew from the balances: after this migration, and after a load that went past the triggers.
create function fill_debts(organisation uuid) returns void language sql as $$
  delete from debt where organisation_id = organisation;
  delete from family_debt where organisation_id = organisation;
  insert into debt (organisation_id, invoice_id, billing_unit_id, establishment_id, family_id, due_on, cents)
    select i.organisation_id, i.id, i.billing_unit_id, i.establishment_id, i.family_id,
      greatest(coalesce(i.due_on, '-infinity'), (i.visible_at at time zone 'Europe/Paris')::date), b.cents
    from balance b
    join invoice i on i.organisation_id = b.organisation_id and i.id = b.account_id
    where b.organisation_id = organisation and b.kind = 'receivable' and b.cents > 0;
  insert into family_debt (organisation_id, family_id, billing_unit_id, cents)
    select organisation_id, family_id, billing_unit_id, sum(cents)::bigint from debt
    where organisation_id = organisation group by organisation_id, family_id, billing_unit_id;
$$;
select fill_debts(id) from organisation;

-- Cheques and vouchers that lie at the desk: received, on no slip yet, and not undone.
create table undeposited (
  organisation_id uuid not null,
  desk_payment_id uuid not null,
  billing_unit_id uuid not null,
  entry_id uuid not null,
  amount_cents bigint not null,
  recorded_at timestamptz not null,
  primary key (organisation_id, desk_payment_id),
  foreign key (organisation_id, desk_payment_id) references desk_payment (organisation_id, id)
);
create index on undeposited (organisation_id, entry_id);
create index on undeposited (organisation_id, billing_unit_id) include (amount_cents, recorded_at);
insert into undeposited
  select d.organisation_id, d.id, d.billing_unit_id, d.entry_id, d.amount_cents, d.recorded_at
  from desk_payment d
  where d.method in ('cheque', 'voucher', 'cesu')
    and not exists (select from deposited_payment p
      where p.organisation_id = d.organisation_id and p.desk_payment_id = d.id)
    and not exists (select from entry e
      where e.organisation_id = d.organisation_id and e.reverses = d.entry_id);

create function keep_undeposited() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'desk_payment' then
    insert into undeposited values
      (new.organisation_id, new.id, new.billing_unit_id, new.entry_id, new.amount_cents, new.recorded_at);
  elsif tg_table_name = 'deposited_payment' then
    delete from undeposited
      where organisation_id = new.organisation_id and desk_payment_id = new.desk_payment_id;
  else
    delete from undeposited where organisation_id = new.organisation_id and entry_id = new.reverses;
  end if;
  return null;
end $$;
create trigger desk_payment_lies_at_the_desk after insert on desk_payment for each row
  when (new.method in ('cheque', 'voucher', 'cesu')) execute function keep_undeposited();
create trigger deposited_payment_leaves_the_desk after insert on deposited_payment for each row
  execute function keep_undeposited();
create trigger entry_undone_leaves_the_desk after insert on entry for each row
  when (new.reverses is not null) execute function keep_undeposited();

-- What the last comparison of an open day found: written by a job, and when the day is looked at.
create table reconciliation_gap (
  organisation_id uuid not null,
  contract_id uuid not null,
  day_on date not null,
  gap_cents bigint not null,
  -- Those that no open task tells of.
  differences integer not null check (differences >= 0),
  compared_at timestamptz not null,
  primary key (organisation_id, contract_id, day_on),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id)
);

-- Each reminder that was asked for, and what became of it.
create table reminder (
  organisation_id uuid not null,
  id uuid not null,
  -- Those asked for together, which one report tells of.
  round_id uuid not null,
  billing_unit_id uuid not null,
  family_id uuid not null,
  outcome text not null
    check (outcome in ('planned', 'recent', 'nothing-due', 'under-way', 'no-address')),
  invoices integer not null check (invoices >= 0),
  amount_cents bigint not null check (amount_cents >= 0),
  asked_by text not null check (asked_by <> ''),
  asked_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, round_id, family_id, billing_unit_id),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id)
);
create index on reminder (organisation_id, family_id, billing_unit_id, asked_at desc);
create index on reminder (organisation_id, billing_unit_id);
create trigger reminder_append_only before update or delete on reminder
  for each row execute function refuse_change();
create trigger reminder_no_truncate before truncate on reminder
  for each statement execute function refuse_change();

-- A debt that somebody proposes to give up, until a second person decides: nothing is booked before.
create table write_off_request (
  organisation_id uuid not null,
  id uuid not null,
  request_key text not null check (request_key <> ''),
  invoice_id uuid not null,
  billing_unit_id uuid not null,
  amount_cents bigint not null check (amount_cents > 0),
  reason text not null check (reason <> ''),
  prepared_by uuid not null,
  prepared_name text not null check (prepared_name <> ''),
  prepared_at timestamptz not null,
  state text not null check (state in ('waiting', 'written', 'refused')),
  decided_by uuid,
  decided_name text,
  decided_at timestamptz,
  -- Why it was refused.
  refusal text check (refusal <> ''),
  primary key (organisation_id, id),
  unique (organisation_id, request_key),
  check ((state = 'waiting') = (decided_by is null)),
  check ((state = 'refused') = (refusal is not null)),
  constraint write_off_request_needs_two_people check (state <> 'written' or decided_by <> prepared_by),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, prepared_by) references staff_member (organisation_id, id),
  foreign key (organisation_id, decided_by) references staff_member (organisation_id, id)
);
create unique index on write_off_request (organisation_id, invoice_id) where state = 'waiting';
create index on write_off_request (organisation_id, invoice_id);
create index on write_off_request (organisation_id, billing_unit_id);
create index on write_off_request (organisation_id, prepared_by);
create index on write_off_request (organisation_id, decided_by);
create trigger write_off_request_guard before update or delete on write_off_request
  for each row execute function guard_end('waiting', 'state decided_by decided_name decided_at refusal');
create trigger write_off_request_no_truncate before truncate on write_off_request
  for each statement execute function refuse_change();

-- Figures of a month, drawn by a job from the ledger and its facts, as of `refreshed_at`.
create table figure_month (
  organisation_id uuid not null references organisation (id),
  month_on date not null check (extract(day from month_on) = 1),
  refreshed_at timestamptz not null,
  primary key (organisation_id, month_on)
);
create table figure (
  organisation_id uuid not null,
  month_on date not null,
  name text not null check (name in ('received', 'invoiced', 'attempts', 'differences')),
  billing_unit_id uuid not null,
  -- Of invoices only: a payment may settle those of several establishments.
  establishment_id uuid,
  -- Received: by which means · invoiced: settled or due · attempts: how they ended · else empty.
  label text not null,
  items bigint not null,
  -- Received and invoiced: in cents; else zero.
  cents bigint not null,
  -- Invoices settled: days from issue to settlement · differences: minutes until treated; else zero.
  lasted bigint not null,
  unique nulls not distinct
    (organisation_id, month_on, name, billing_unit_id, establishment_id, label),
  foreign key (organisation_id, month_on) references figure_month (organisation_id, month_on),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, establishment_id) references establishment (organisation_id, id)
);
create index on figure (organisation_id, billing_unit_id, month_on);
create index on figure (organisation_id, establishment_id);

create index on refund (organisation_id, billing_unit_id) include (amount_cents, requested_at)
  where state = 'requested';
create index on mail (organisation_id, planned_at) where sent_at is null and last_error is not null;
create index on bank_message (organisation_id, received_at)
  where outcome in ('waiting', 'failed', 'refused_test');
create index on payment_attempt (organisation_id, billing_unit_id, created_at);
create index on invoice_draft (organisation_id, billing_unit_id, establishment_id)
  include (total_cents, saved_at) where state in ('draft', 'checked');
