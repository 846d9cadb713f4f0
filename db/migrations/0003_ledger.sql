-- The ledger: append-only double entry. Debits are positive, credits negative, in cents.
-- A family's receivable is one account per invoice, and its id is the invoice's id: what is due on
-- an invoice is the balance of that account, and to settle it is to post on it.
create table account (
  organisation_id uuid not null,
  id uuid not null,
  billing_unit_id uuid not null,
  kind text not null
    check (kind in ('receivable', 'credit', 'revenue', 'clearing', 'elsewhere', 'opening', 'suspense')),
  family_id uuid,
  invoice_id uuid,
  primary key (organisation_id, id),
  unique nulls not distinct (organisation_id, billing_unit_id, kind, family_id, invoice_id),
  check ((kind in ('receivable', 'credit')) = (family_id is not null)),
  check ((kind = 'receivable') = (invoice_id is not null)),
  check (invoice_id is null or invoice_id = id),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id)
);
create index on account (organisation_id, family_id);

-- One entry per outside fact: the kind and the source's own key are unique (L3).
create table entry (
  organisation_id uuid not null,
  id uuid not null,
  billing_unit_id uuid not null,
  kind text not null
    check (kind in ('invoice', 'capture', 'elsewhere', 'opening', 'allocation', 'reversal')),
  source_key text not null check (source_key <> ''),
  content_sha256 bytea not null check (length(content_sha256) = 32),
  accounting_on date not null,
  value_on date not null,
  booked_at timestamptz not null,
  actor text not null,
  reverses uuid,
  primary key (organisation_id, id),
  unique (organisation_id, billing_unit_id, kind, source_key),
  unique (organisation_id, reverses),
  check ((kind = 'reversal') = (reverses is not null)),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, reverses) references entry (organisation_id, id)
);

create table posting (
  organisation_id uuid not null,
  entry_id uuid not null,
  line integer not null check (line > 0),
  account_id uuid not null,
  cents bigint not null check (cents <> 0 and abs(cents) <= 100000000),
  primary key (organisation_id, entry_id, line),
  unique (organisation_id, entry_id, account_id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id),
  foreign key (organisation_id, account_id) references account (organisation_id, id)
);
create index on posting (organisation_id, account_id);

-- The families' balances, kept in step by the posting itself; internal accounts have no row here
-- (a hot row would make every payment wait for the others). An invoice is never paid twice over,
-- and a credit never becomes a debt: what is owed stands on the invoices.
create table balance (
  organisation_id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('receivable', 'credit')),
  cents bigint not null,
  primary key (organisation_id, account_id),
  constraint invoice_never_overpaid check (kind <> 'receivable' or cents >= 0),
  constraint credit_never_overdrawn check (kind <> 'credit' or cents <= 0),
  foreign key (organisation_id, account_id) references account (organisation_id, id)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;

create trigger entry_append_only before update or delete on entry
  for each row execute function refuse_change();
create trigger entry_no_truncate before truncate on entry
  for each statement execute function refuse_change();
create trigger posting_append_only before update or delete on posting
  for each row execute function refuse_change();
create trigger posting_no_truncate before truncate on posting
  for each statement execute function refuse_change();
create trigger account_append_only before update or delete on account
  for each row execute function refuse_change();
create trigger account_no_truncate before truncate on account
  for each statement execute function refuse_change();
create trigger balance_no_truncate before truncate on balance
  for each statement execute function refuse_change();

create function open_balance() returns trigger language plpgsql as $$
begin
  if new.kind in ('receivable', 'credit') then
    insert into balance (organisation_id, account_id, kind, cents)
      values (new.organisation_id, new.id, new.kind, 0);
  end if;
  return null;
end $$;
create trigger account_opens_balance after insert on account
  for each row execute function open_balance();

create function move_balance() returns trigger language plpgsql as $$
begin
  update balance set cents = cents + new.cents
    where organisation_id = new.organisation_id and account_id = new.account_id;
  return null;
end $$;
create trigger posting_moves_balance after insert on posting
  for each row execute function move_balance();

-- A balance is moved by a posting only.
create function guard_balance() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'balance moves by postings only: % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger balance_guard before insert or update or delete on balance
  for each row execute function guard_balance();

-- L1: at commit an entry has two lines or more, they sum to zero, and all are of one billing unit.
create function check_entry(organisation uuid, checked uuid) returns void language plpgsql as $$
declare
  lines integer;
  total bigint;
  strangers integer;
begin
  select count(*), coalesce(sum(p.cents), 0), count(*) filter (where a.billing_unit_id <> e.billing_unit_id)
    into lines, total, strangers
    from posting p
    join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
    join entry e on e.organisation_id = p.organisation_id and e.id = p.entry_id
    where p.organisation_id = organisation and p.entry_id = checked;
  if lines < 2 then
    raise exception 'entry % has % line(s), two are needed', checked, lines using errcode = 'check_violation';
  end if;
  if total <> 0 then
    raise exception 'entry % does not balance: % cents', checked, total using errcode = 'check_violation';
  end if;
  if strangers > 0 then
    raise exception 'entry % crosses billing units', checked using errcode = 'check_violation';
  end if;
end $$;

create function check_entry_of_header() returns trigger language plpgsql as $$
begin
  perform check_entry(new.organisation_id, new.id);
  return null;
end $$;
-- An entry is closed by its own commit: no line joins it later, balanced or not.
create function check_entry_of_line() returns trigger language plpgsql as $$
begin
  if not exists (
    select from entry e
      where e.organisation_id = new.organisation_id and e.id = new.entry_id
        and e.xmin = pg_current_xact_id()::xid
  ) then
    raise exception 'entry % is closed', new.entry_id using errcode = 'restrict_violation';
  end if;
  perform check_entry(new.organisation_id, new.entry_id);
  return null;
end $$;
create constraint trigger entry_balances after insert on entry
  deferrable initially deferred for each row execute function check_entry_of_header();
create constraint trigger posting_balances after insert on posting
  deferrable initially deferred for each row execute function check_entry_of_line();
