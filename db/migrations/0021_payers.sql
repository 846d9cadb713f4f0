-- Who pays for whom: a person with several files, a child with two payers, an invitation, and two files
-- of one family merged.
alter table family add column merged_into uuid,
  add constraint family_merged_into_another check (merged_into <> id),
  add foreign key (organisation_id, merged_into) references family (organisation_id, id);
create index on family (organisation_id, merged_into);

-- The files that are one since a merge: the one kept, and those closed into it, whichever is asked for.
-- What a family has or owes is asked of all of them together; alone, a file is its own list.
create function dossiers_of(organisation uuid, family uuid) returns uuid[]
  language sql stable parallel safe as $$
  select array(
    select f.id from family asked
    join family f on f.organisation_id = asked.organisation_id
      and (f.id = coalesce(asked.merged_into, asked.id) or f.merged_into = coalesce(asked.merged_into, asked.id))
    where asked.organisation_id = organisation and asked.id = family)
$$;

alter table entry drop constraint entry_kind_check, add constraint entry_kind_check check (
  kind in ('invoice', 'capture', 'elsewhere', 'opening', 'allocation', 'reversal',
    'release', 'credit_note', 'desk', 'deposit', 'bounced', 'cancellation', 'refund', 'refund_paid',
    'chargeback', 'chargeback_won', 'chargeback_lost', 'write_off', 'bank_refund', 'suspense_resolved',
    'merge'));

-- A merge, with the people and units that it brought to the file kept, so that undoing it gives them back.
create table family_merge (
  organisation_id uuid not null,
  id uuid not null,
  closed_family_id uuid not null,
  kept_family_id uuid not null,
  moved jsonb not null,
  merged_at timestamptz not null,
  merged_by text not null,
  undone_at timestamptz,
  undone_by text,
  primary key (organisation_id, id),
  check (closed_family_id <> kept_family_id),
  check ((undone_at is null) = (undone_by is null)),
  foreign key (organisation_id, closed_family_id) references family (organisation_id, id),
  foreign key (organisation_id, kept_family_id) references family (organisation_id, id)
);
create index on family_merge (organisation_id, kept_family_id);
create index on family_merge (organisation_id, closed_family_id);
create unique index family_merged_once on family_merge (organisation_id, closed_family_id)
  where undone_at is null;

-- A login is of one adult, and may open other files too: there the same person is another adult.
alter table login add unique (organisation_id, id);
create table adult_access (
  organisation_id uuid not null,
  adult_id uuid not null,
  login_id uuid not null,
  since timestamptz not null,
  primary key (organisation_id, adult_id),
  foreign key (organisation_id, adult_id) references adult (organisation_id, id),
  foreign key (organisation_id, login_id) references login (organisation_id, id)
);
create index on adult_access (organisation_id, login_id);
-- The file that the person chose in this session; without one, or once taken away, the login's own.
alter table session add column chosen_adult_id uuid;

-- A child is of one file; from a day on, of other payers' files too.
create table child_dossier (
  organisation_id uuid not null,
  child_id uuid not null,
  family_id uuid not null,
  since_on date not null,
  until_on date,
  linked_at timestamptz not null,
  linked_by text not null,
  primary key (organisation_id, child_id, family_id),
  check (until_on >= since_on),
  foreign key (organisation_id, child_id) references child (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id)
);
create index on child_dossier (organisation_id, family_id);

-- Somebody is asked into a file. The link is signed, not kept: renewing it makes the former one false.
create table invitation (
  id uuid primary key,
  organisation_id uuid not null,
  family_id uuid not null,
  role text not null check (role in ('payer', 'reader')),
  first_name text not null check (first_name <> ''),
  last_name text not null check (last_name <> ''),
  email text check (email like '%_@_%'),
  invited_by text not null,
  invited_at timestamptz not null,
  renewals integer not null default 0,
  failures integer not null default 0,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  check (accepted_at is null or withdrawn_at is null),
  foreign key (organisation_id, family_id) references family (organisation_id, id)
);
create index on invitation (organisation_id, family_id);
