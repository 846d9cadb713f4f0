-- Settings changed on screen: deadlines proposed to new invoices, texts of a unit, and who changed what.
alter table billing_unit
  -- Days after the day of issue; null: none is proposed.
  add column due_days integer check (due_days between 0 and 365),
  add column online_days integer check (online_days between 0 and 365),
  add column desk_days integer check (desk_days between 0 and 365),
  add constraint billing_unit_deadlines_check check (online_days >= due_days and desk_days >= due_days);

-- Words of a unit in place of the portal's own, or beside them; no row: the portal's own.
create table unit_text (
  organisation_id uuid not null,
  billing_unit_id uuid not null,
  name text not null check (name in ('welcome', 'help', 'notice', 'mail_intro', 'mail_signature')),
  words text not null check (length(words) between 1 and 2000),
  primary key (organisation_id, billing_unit_id, name),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id)
);

-- The last day of the notice: nobody has to remember to take it away.
alter table billing_unit add column notice_until_on date;

-- Each setting that changed, by whom and from what to what: on screen, or by the file of the set-up. What
-- was last changed on screen is not undone by a file that does not know of it.
create table setting_change (
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  changed_at timestamptz not null,
  source text not null check (source in ('screen', 'file')),
  staff_id uuid,
  staff_name text not null,
  subject text not null check (subject in ('organisation', 'unit', 'establishment', 'contract')),
  subject_id uuid not null,
  field text not null check (field <> ''),
  -- As people read them; a secret is never here, only that there is one.
  before text not null,
  after text not null,
  primary key (organisation_id, id),
  check ((source = 'screen') = (staff_id is not null)),
  foreign key (organisation_id, staff_id) references staff_member (organisation_id, id)
);
create index on setting_change (organisation_id, subject_id, field, changed_at desc, id desc);
create index on setting_change (organisation_id, staff_id);

create trigger setting_change_append_only before update or delete on setting_change
  for each row execute function refuse_change();
create trigger setting_change_no_truncate before truncate on setting_change
  for each statement execute function refuse_change();
