-- Where a bank takes one invoice at a time: what the family ticked, in the order in which it pays.
create table attempt_queue (
  organisation_id uuid not null,
  attempt_id uuid not null,
  position integer not null check (position > 0),
  invoice_id uuid not null,
  primary key (organisation_id, attempt_id, position),
  unique (organisation_id, attempt_id, invoice_id),
  foreign key (organisation_id, attempt_id) references payment_attempt (organisation_id, id),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id)
);
create index on attempt_queue (organisation_id, invoice_id);
