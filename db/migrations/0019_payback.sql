-- What is asked of the bank for a refund: written before it is asked, so that nothing is asked blindly again.
create table refund_sending (
  organisation_id uuid not null,
  refund_id uuid not null,
  number integer not null check (number > 0),
  sent_at timestamptz not null,
  primary key (organisation_id, refund_id, number),
  foreign key (organisation_id, refund_id) references refund (organisation_id, id)
);

-- The last word of a bank that does not pay a refund: nothing more is asked of it.
create table refund_refusal (
  organisation_id uuid not null,
  refund_id uuid not null,
  -- incapable: this contract gives nothing back · refused: by the bank · unread: its answer is for a person.
  kind text not null check (kind in ('incapable', 'refused', 'unread')),
  -- The bank's own code, or its transaction of the credit that failed.
  code text not null,
  refused_at timestamptz not null,
  primary key (organisation_id, refund_id),
  foreign key (organisation_id, refund_id) references refund (organisation_id, id)
);

create trigger refund_sending_append_only before update or delete on refund_sending
  for each row execute function refuse_change();
create trigger refund_refusal_append_only before update or delete on refund_refusal
  for each row execute function refuse_change();
create trigger refund_sending_no_truncate before truncate on refund_sending
  for each statement execute function refuse_change();
create trigger refund_refusal_no_truncate before truncate on refund_refusal
  for each statement execute function refuse_change();

-- A payment cancelled or lowered before the bank collected it may be a refund asked here: that part was
-- not taken back from what the payment settled.
alter table capture_cancellation
  alter column entry_id drop not null,
  add column refunded_cents bigint not null default 0 check (refunded_cents >= 0),
  drop constraint capture_cancellation_amount_cents_check,
  add constraint capture_cancellation_amount_cents_check check (amount_cents >= 0),
  add constraint capture_cancellation_moves check (amount_cents + refunded_cents > 0),
  add constraint capture_cancellation_entry check ((entry_id is null) = (amount_cents = 0));
