-- What a bank says after its first word: a debit that takes days, an end that comes before the
-- acceptance it ends, a refund that fails once paid. And what staff decide when it says nothing.
alter table payment_attempt
  drop constraint payment_attempt_state_check,
  add constraint payment_attempt_state_check check (state in
    ('created', 'redirected', 'awaited', 'captured', 'refused', 'abandoned', 'expired', 'review'));
create index on payment_attempt (state_at) where state = 'awaited';

alter table bank_message
  drop constraint bank_message_outcome_check,
  add constraint bank_message_outcome_check check (outcome in
    ('applied', 'repeated', 'set_aside', 'refused_test', 'doubted', 'waiting', 'failed'));

-- Transactions that the bank cancelled, or never made, before the portal heard of their money.
create table ended_transaction (
  organisation_id uuid not null,
  contract_id uuid not null,
  bank_transaction text not null,
  ended_at timestamptz not null,
  primary key (organisation_id, contract_id, bank_transaction),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id)
);
create trigger ended_transaction_append_only before update or delete on ended_transaction
  for each row execute function refuse_change();
create trigger ended_transaction_no_truncate before truncate on ended_transaction
  for each statement execute function refuse_change();

-- failed: paid, then given back to us by the bank · given_up: a person saw at the bank that nothing was paid.
alter table refund_refusal
  drop constraint refund_refusal_kind_check,
  add constraint refund_refusal_kind_check check (kind in
    ('incapable', 'refused', 'unread', 'failed', 'given_up'));

-- A refund that the bank paid and that failed is owed again: the only end that is undone, and only
-- under its refusal.
create function guard_refund() returns trigger language plpgsql as $$
declare
  filled text[] := array['state', 'state_at', 'settlement_key'];
begin
  if tg_op = 'DELETE' or to_jsonb(new) - filled <> to_jsonb(old) - filled
    or not (old.state = 'requested' or (old.state = 'paid' and new.state = 'requested'
      and exists (select from refund_refusal f where f.organisation_id = old.organisation_id
        and f.refund_id = old.id and f.kind = 'failed'))) then
    raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
drop trigger refund_guard on refund;
create trigger refund_guard before update or delete on refund
  for each row execute function guard_refund();
