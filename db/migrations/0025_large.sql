-- What lists ask for at the size of millions of invoices: an amount's newest first, read off the index.
drop index invoice_organisation_id_total_cents_idx;
create index on invoice (organisation_id, total_cents, issued_on desc, number);
drop index capture_organisation_id_amount_cents_idx;
create index on capture (organisation_id, amount_cents, captured_at desc);
drop index desk_payment_organisation_id_amount_cents_idx;
create index on desk_payment (organisation_id, amount_cents, received_on desc);

-- A sample of millions of lines takes their invoices and accounts for few: it is told how many lines each
-- has. Negative: in proportion to the table.
alter table posting alter column account_id set (n_distinct = -0.3), alter column entry_id set (n_distinct = -0.4);
alter table invoice_line alter column invoice_id set (n_distinct = -0.3);
