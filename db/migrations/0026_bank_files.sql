-- What goes to the bank and comes from it as files: refunds that leave by transfer, and card money that
-- reaches the account.

-- transfer: who prepared it chose a transfer, no bank is asked.
alter table refund_refusal
  drop constraint refund_refusal_kind_check,
  add constraint refund_refusal_kind_check check (kind in ('incapable', 'refused', 'unread', 'transfer'));

-- Where a prepared refund goes, as one person gave it; the last one given counts.
create table payout_account (
  organisation_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  family_id uuid not null,
  holder text not null check (holder <> ''),
  iban_sealed text not null check (iban_sealed <> ''),
  -- The same account gives the same mark, which tells nothing of it.
  iban_mark text not null check (iban_mark <> ''),
  iban_masked text not null check (iban_masked <> ''),
  given_by uuid not null,
  given_name text not null check (given_name <> ''),
  given_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, request_id) references refund_request (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id),
  foreign key (organisation_id, given_by) references staff_member (organisation_id, id)
);
create index on payout_account (organisation_id, request_id, given_at);
create index on payout_account (organisation_id, family_id, given_at);
create index on payout_account (organisation_id, given_by);

-- A second person read the account: without it, no transfer leaves for it.
create table payout_account_check (
  organisation_id uuid not null,
  account_id uuid not null,
  checked_by uuid not null,
  checked_name text not null check (checked_name <> ''),
  checked_at timestamptz not null,
  primary key (organisation_id, account_id),
  foreign key (organisation_id, account_id) references payout_account (organisation_id, id),
  foreign key (organisation_id, checked_by) references staff_member (organisation_id, id)
);
create index on payout_account_check (organisation_id, checked_by);

-- As for the refund itself: two people above the unit's threshold, whoever writes.
create function check_account_reader() returns trigger language plpgsql as $$
begin
  if exists (
    select from payout_account a
    join refund_request q on q.organisation_id = a.organisation_id and q.id = a.request_id
    join billing_unit u on u.organisation_id = q.organisation_id and u.id = q.billing_unit_id
    where a.organisation_id = new.organisation_id and a.id = new.account_id
      and a.given_by = new.checked_by and q.amount_cents > u.refund_threshold_cents
  ) then
    raise exception 'account % needs a second person', new.account_id
      using errcode = 'check_violation', constraint = 'payout_account_needs_two_people';
  end if;
  return new;
end $$;
create trigger payout_account_needs_two_people before insert on payout_account_check
  for each row execute function check_account_reader();

-- A file of transfers, frozen when it is made: its bytes never change.
create table transfer_file (
  organisation_id uuid not null,
  id uuid not null,
  -- GrpHdr/MsgId, by which the bank refuses the same file twice.
  message_id text not null check (length(message_id) between 1 and 35),
  execution_on date not null,
  transfers integer not null check (transfers > 0),
  total_cents bigint not null check (total_cents > 0),
  -- It names the families' accounts.
  content_sealed text not null check (content_sealed <> ''),
  sha256 bytea not null check (length(sha256) = 32),
  made_by uuid not null,
  made_name text not null check (made_name <> ''),
  made_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, message_id),
  foreign key (organisation_id, made_by) references staff_member (organisation_id, id)
);
create index on transfer_file (organisation_id, made_at);
create index on transfer_file (organisation_id, made_by);

-- A refund belongs to one file, once for good.
create table transfer_file_line (
  organisation_id uuid not null,
  refund_id uuid not null,
  file_id uuid not null,
  account_id uuid not null,
  -- PmtInf/PmtInfId: one per account that pays.
  payment_id text not null check (length(payment_id) between 1 and 35),
  end_to_end text not null check (length(end_to_end) between 1 and 35),
  amount_cents bigint not null check (amount_cents > 0),
  primary key (organisation_id, refund_id),
  unique (organisation_id, end_to_end),
  foreign key (organisation_id, refund_id) references refund (organisation_id, id),
  foreign key (organisation_id, file_id) references transfer_file (organisation_id, id),
  foreign key (organisation_id, account_id) references payout_account (organisation_id, id)
);
create index on transfer_file_line (organisation_id, file_id);
create index on transfer_file_line (organisation_id, account_id);
create index on transfer_file_line (organisation_id, payment_id);

-- What became of a transfer: executed by the bank, refused by it before, or come back after.
create table transfer_outcome (
  organisation_id uuid not null,
  refund_id uuid not null,
  outcome text not null check (outcome in ('executed', 'rejected', 'returned')),
  happened_on date not null,
  -- The bank's code, or what a person wrote.
  reason text not null,
  told_by text not null check (told_by <> ''),
  told_at timestamptz not null,
  primary key (organisation_id, refund_id, outcome),
  foreign key (organisation_id, refund_id) references transfer_file_line (organisation_id, refund_id)
);

create table transfer_file_download (
  organisation_id uuid not null,
  file_id uuid not null,
  number integer not null check (number > 0),
  downloaded_by uuid not null,
  downloaded_name text not null check (downloaded_name <> ''),
  downloaded_at timestamptz not null,
  primary key (organisation_id, file_id, number),
  foreign key (organisation_id, file_id) references transfer_file (organisation_id, id),
  foreign key (organisation_id, downloaded_by) references staff_member (organisation_id, id)
);
create index on transfer_file_download (organisation_id, downloaded_by);

-- A transfer may come back after it was paid: the refund then ends again, as refused.
create function guard_refund() returns trigger language plpgsql as $$
declare
  filled constant text[] := array['state', 'state_at', 'settlement_key'];
begin
  if tg_op = 'DELETE' or to_jsonb(new) - filled <> to_jsonb(old) - filled or not (
    old.state = 'requested'
    or (old.state = 'paid' and old.settlement_key like 'transfer %' and new.state = 'refused'
      and exists (select from transfer_outcome o where o.organisation_id = old.organisation_id
        and o.refund_id = old.id and o.outcome = 'returned')))
  then
    raise exception 'refund is append-only: % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
drop trigger refund_guard on refund;
create trigger refund_guard before update or delete on refund for each row execute function guard_refund();

-- Card money as it reaches the account: an incoming line of the statement is what the bank pays for a
-- contract's day, less what it keeps.
create table remittance (
  organisation_id uuid not null,
  transfer_id uuid not null,
  contract_id uuid not null,
  -- The day of the payments, not that of the line.
  day_on date not null,
  net_cents bigint not null check (net_cents > 0),
  fee_cents bigint not null check (fee_cents >= 0),
  primary key (organisation_id, transfer_id),
  foreign key (organisation_id, transfer_id) references transfer (organisation_id, id),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id)
);
create index on remittance (organisation_id, contract_id, day_on);

-- A difference between what the day took and what reached the account, that somebody found right.
create table remittance_acceptance (
  organisation_id uuid not null,
  id uuid not null,
  contract_id uuid not null,
  day_on date not null,
  kind text not null check (kind in ('short-remittance', 'fees')),
  cents bigint not null check (cents <> 0),
  accepted_name text not null check (accepted_name <> ''),
  accepted_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id)
);
create index on remittance_acceptance (organisation_id, contract_id, day_on);

-- A statement of account that a person gave; its lines count once in whatever file.
create table statement_file (
  organisation_id uuid not null,
  id uuid not null,
  name text not null,
  sha256 bytea not null check (length(sha256) = 32),
  read_name text not null check (read_name <> ''),
  read_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, sha256)
);

-- compared: a line of a plain list, which is compared and books nothing.
alter table journal_line
  drop constraint journal_line_outcome_check,
  add constraint journal_line_outcome_check check (
    outcome in ('booked', 'matched', 'set_aside', 'refused_test', 'no_money', 'compared'));

do $$
declare
  name text;
begin
  foreach name in array array['payout_account', 'payout_account_check', 'transfer_file',
    'transfer_file_line', 'transfer_outcome', 'transfer_file_download', 'remittance', 'remittance_acceptance',
    'statement_file']
  loop
    execute format('create trigger %1$s_append_only before update or delete on %1$I
      for each row execute function refuse_change()', name);
    execute format('create trigger %1$s_no_truncate before truncate on %1$I
      for each statement execute function refuse_change()', name);
  end loop;
end $$;
