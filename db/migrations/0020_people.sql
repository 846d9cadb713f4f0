-- Families, adults and children as staff keep them: nothing is deleted, people leave on a day.
alter table family add column phone text check (phone <> '');
alter table adult add column left_on date;
alter table child add column left_on date;
-- Numbers are kept as they were typed or imported, with spaces or dots.
create index on family (organisation_id, regexp_replace(phone, '[^0-9+]', '', 'g'));

-- Where a child is taken in.
create table child_establishment (
  organisation_id uuid not null,
  child_id uuid not null,
  establishment_id uuid not null,
  primary key (organisation_id, child_id, establishment_id),
  foreign key (organisation_id, child_id) references child (organisation_id, id),
  foreign key (organisation_id, establishment_id) references establishment (organisation_id, id)
);
create index on child_establishment (organisation_id, establishment_id);

-- The family's income per part, as the CAF or the tax notice gives it, from a day on. One typed by
-- mistake is withdrawn and stays here.
create table family_quotient (
  organisation_id uuid not null,
  id uuid not null,
  family_id uuid not null,
  quotient integer not null check (quotient between 0 and 99999),
  from_on date not null,
  recorded_by text not null check (recorded_by <> ''),
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id)
);
create index on family_quotient (organisation_id, family_id, from_on desc);
create unique index on family_quotient (organisation_id, family_id, from_on) where withdrawn_at is null;

-- A note is for the team, or shown to the family until it is withdrawn.
alter table family_note
  add column kind text not null default 'internal' check (kind in ('internal', 'visible')),
  add column withdrawn_at timestamptz;
alter table family_note alter column kind drop default;

-- A blocked login opens nothing. When its letter was last printed, its link last sent by staff.
alter table login
  add column blocked_at timestamptz,
  add column blocked_reason text check (blocked_reason <> ''),
  add column letter_printed_at timestamptz,
  add column link_sent_at timestamptz,
  add constraint login_blocked_whole check ((blocked_at is null) = (blocked_reason is null));

-- What a family asks to have changed, and what staff answered. One waits per thing: asking again
-- replaces what was asked.
create table change_request (
  organisation_id uuid not null,
  id uuid not null,
  family_id uuid not null,
  -- Who asked; unknown for those taken over from the tasks.
  adult_id uuid,
  subject text not null check (subject in ('address', 'phone', 'name', 'child')),
  -- The family, the adult or the child it is about.
  about_id uuid not null,
  -- Each field as it stood when it was asked, and as it is wanted.
  stood jsonb not null,
  wanted jsonb not null,
  asked_at timestamptz not null,
  outcome text check (outcome in ('accepted', 'refused', 'withdrawn')),
  decided_at timestamptz,
  decided_by text check (decided_by <> ''),
  reason text check (reason <> ''),
  primary key (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id),
  foreign key (organisation_id, adult_id) references adult (organisation_id, id),
  check ((outcome is null) = (decided_at is null)),
  check (outcome is distinct from 'refused' or reason is not null)
);
create index on change_request (organisation_id, family_id, asked_at desc);
create index on change_request (organisation_id, adult_id);
create index on change_request (organisation_id, asked_at, id) where decided_at is null;
create unique index on change_request (organisation_id, subject, about_id) where decided_at is null;

-- Addresses asked for so far were tasks to do elsewhere.
insert into change_request (organisation_id, id, family_id, subject, about_id, stood, wanted, asked_at)
  select distinct on (t.organisation_id, f.id) t.organisation_id, t.id, f.id, 'address', f.id,
    jsonb_build_object('address', f.address, 'postalCode', f.postal_code, 'city', f.city),
    jsonb_build_object('address', t.details ->> 'address', 'postalCode', t.details ->> 'postalCode',
      'city', t.details ->> 'city'), t.created_at
  from task t
  join family f on f.organisation_id = t.organisation_id and f.id::text = t.details ->> 'familyId'
  where t.kind = 'address-change' and t.done_at is null
  order by t.organisation_id, f.id, t.created_at desc;
update task set done_at = created_at where kind = 'address-change' and done_at is null;
