-- The ledger proves itself: every entry sealed in a chain of hashes, and periods closed for good.

-- One row per sealed entry: the hash of its content after the hash before it, without a gap.
create table seal (
  organisation_id uuid not null,
  sequence bigint not null check (sequence > 0),
  entry_id uuid not null,
  sha256 bytea not null check (length(sha256) = 32),
  sealed_at timestamptz not null,
  primary key (organisation_id, sequence),
  unique (organisation_id, entry_id),
  foreign key (organisation_id, entry_id) references entry (organisation_id, id)
);

create function check_seal() returns trigger language plpgsql as $$
begin
  if new.sequence > 1 and not exists (
    select from seal where organisation_id = new.organisation_id and sequence = new.sequence - 1
  ) then
    raise exception 'seal % follows no seal', new.sequence
      using errcode = 'check_violation', constraint = 'seals_without_a_gap';
  end if;
  return new;
end $$;
create trigger seal_follows before insert on seal
  for each row execute function check_seal();

-- A closed day, month or year: its totals, those since the first entry, and the head of the chain.
-- Totals are kept as the canonical text that was hashed.
create table closing (
  organisation_id uuid not null references organisation (id),
  number bigint not null check (number > 0),
  kind text not null check (kind in ('day', 'month', 'year')),
  period text not null check (period ~ '^[0-9]{4}(-[0-9]{2}){0,2}$'),
  from_on date not null,
  to_on date not null,
  totals text not null,
  perpetual text not null,
  head_sequence bigint not null check (head_sequence >= 0),
  head_sha256 bytea not null check (length(head_sha256) = 32),
  previous_sha256 bytea not null check (length(previous_sha256) = 32),
  sha256 bytea not null check (length(sha256) = 32),
  closed_at timestamptz not null,
  primary key (organisation_id, number),
  unique (organisation_id, kind, period),
  check (from_on <= to_on)
);

-- Up to which day an organisation's books are closed: the row that an entry shares and a closing takes.
create table books (
  organisation_id uuid primary key references organisation (id),
  closed_through date
);
insert into books (organisation_id) select id from organisation;

create function open_books() returns trigger language plpgsql as $$
begin
  insert into books (organisation_id) values (new.id);
  return null;
end $$;
create trigger organisation_opens_books after insert on organisation
  for each row execute function open_books();

create function check_closing() returns trigger language plpgsql as $$
begin
  if new.number > 1 and not exists (
    select from closing where organisation_id = new.organisation_id and number = new.number - 1
      and sha256 = new.previous_sha256
  ) then
    raise exception 'closing % follows no closing', new.number
      using errcode = 'check_violation', constraint = 'closings_without_a_gap';
  end if;
  return new;
end $$;
create trigger closing_follows before insert on closing
  for each row execute function check_closing();

create function close_books() returns trigger language plpgsql as $$
begin
  if new.kind = 'day' then
    update books set closed_through = new.to_on where organisation_id = new.organisation_id;
  end if;
  return null;
end $$;
create trigger closing_closes_books after insert on closing
  for each row execute function close_books();

create function guard_books() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 or tg_op = 'DELETE' then
    raise exception 'books close by closings only: % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger books_guard before insert or update or delete on books
  for each row execute function guard_books();

-- L7: a closed period takes no entry. The shared lock makes a closing wait for the entries under way,
-- and an entry for the closing under way.
create function refuse_closed_period() returns trigger language plpgsql as $$
declare
  closed date;
begin
  select closed_through into closed from books where organisation_id = new.organisation_id for share;
  if new.accounting_on <= closed then
    raise exception 'day % is closed: the books are closed through %', new.accounting_on, closed
      using errcode = 'check_violation', constraint = 'closed_period_takes_no_entry';
  end if;
  return new;
end $$;
create trigger entry_in_open_period before insert on entry
  for each row execute function refuse_closed_period();

-- What is not yet sealed lies in the open days, and a closing sums one period.
create index on entry (organisation_id, accounting_on);

create trigger seal_append_only before update or delete on seal
  for each row execute function refuse_change();
create trigger seal_no_truncate before truncate on seal
  for each statement execute function refuse_change();
create trigger closing_append_only before update or delete on closing
  for each row execute function refuse_change();
create trigger closing_no_truncate before truncate on closing
  for each statement execute function refuse_change();
create trigger books_no_truncate before truncate on books
  for each statement execute function refuse_change();
