-- Those who work for an organisation, what they may do, and what they did.
-- A member is found from outside by its identifier alone. Without a password it awaits its invitation.
create table staff_member (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  identifier text not null unique check (identifier = lower(identifier) and identifier <> ''),
  email text not null check (email = lower(email) and email like '%_@_%'),
  first_name text not null,
  last_name text not null check (last_name <> ''),
  password_hash text,
  activated_at timestamptz,
  suspended_at timestamptz,
  -- The secret of the authenticator, sealed; it counts once a first code was given.
  sealed_totp text,
  totp_confirmed_at timestamptz,
  -- The last 30-second step whose code was taken: a code serves once (RFC 6238, 5.2).
  totp_step integer not null default 0,
  created_at timestamptz not null,
  unique (organisation_id, id),
  check ((password_hash is null) = (activated_at is null)),
  check (totp_confirmed_at is null or sealed_totp is not null)
);

-- A role on the whole organisation, on a billing unit, or on an establishment.
create table staff_role (
  organisation_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  role text not null check (role in ('director', 'cashier', 'accountant', 'administrator', 'reader')),
  billing_unit_id uuid,
  establishment_id uuid,
  given_at timestamptz not null,
  primary key (organisation_id, id),
  unique nulls not distinct (organisation_id, staff_id, role, billing_unit_id, establishment_id),
  check (billing_unit_id is null or establishment_id is null),
  foreign key (organisation_id, staff_id) references staff_member (organisation_id, id),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id),
  foreign key (organisation_id, establishment_id) references establishment (organisation_id, id)
);
create index on staff_role (organisation_id, billing_unit_id);
create index on staff_role (organisation_id, establishment_id);

-- Apart from the families' sessions: neither can ever be taken for the other.
create table staff_session (
  token_hash bytea primary key check (length(token_hash) = 32),
  staff_id uuid not null references staff_member (id),
  device text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  -- When a code of the authenticator, or a recovery code, was given in it.
  code_at timestamptz,
  -- When its holder last proved who they are.
  proved_at timestamptz not null,
  -- The adult as whom the portal is being looked at, read-only.
  organisation_id uuid not null,
  viewed_adult_id uuid,
  ended_at timestamptz,
  foreign key (organisation_id, viewed_adult_id) references adult (organisation_id, id)
);
create index on staff_session (staff_id);
create index on staff_session (organisation_id, viewed_adult_id);

-- One-time links to choose a password: an invitation, or a lost password.
create table staff_link (
  token_hash bytea primary key check (length(token_hash) = 32),
  staff_id uuid not null references staff_member (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index on staff_link (staff_id);

create table staff_recovery_code (
  staff_id uuid not null references staff_member (id),
  code_hash bytea not null check (length(code_hash) = 32),
  used_at timestamptz,
  primary key (staff_id, code_hash)
);

-- The journal of what staff did, readings of a family's file included. Written with the act itself.
create table staff_act (
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  acted_at timestamptz not null,
  -- Null: a command at the terminal.
  staff_id uuid,
  staff_name text not null check (staff_name <> ''),
  kind text not null check (kind <> ''),
  family_id uuid,
  -- What it is about, as people quote it: an invoice's number, a reference, a name.
  object text,
  reason text check (reason <> ''),
  -- Each field that changed, before and after.
  changes jsonb not null default '{}',
  -- The page it was done from, and the address of the browser.
  screen text not null,
  client_address text not null,
  -- A reading is written once per person, family and hour.
  reading_hour_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, staff_id, family_id, reading_hour_at),
  foreign key (organisation_id, staff_id) references staff_member (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id)
);
create index on staff_act (organisation_id, staff_id, id);
create index on staff_act (organisation_id, family_id, id);
create index on staff_act (organisation_id, object, id);

create trigger staff_act_append_only before update or delete on staff_act
  for each row execute function refuse_change();
create trigger staff_act_no_truncate before truncate on staff_act
  for each statement execute function refuse_change();

-- A task may be put off until a moment, with a reason, and is closed with one.
alter table task add column not_before timestamptz,
  add column note text check (note <> ''),
  add column done_by text check (done_by <> '');
create index on task (organisation_id, kind) where done_at is null;

-- The search of everything. No extension: not every server lets one be created, and what is needed of
-- pg_trgm and unaccent is two functions. Both are immutable, so that they may stand in columns and indexes.
create function plain_words(said text) returns text language sql immutable strict parallel safe as $$
  select trim(regexp_replace(lower(regexp_replace(
    normalize(replace(replace(said, 'œ', 'oe'), 'Œ', 'oe'), nfd), U&'[\0300-\036F]', '', 'g')),
    '[^a-z0-9]+', ' ', 'g'))
$$;
-- Every three signs of each word, with its beginning and its end: « li » gives «  l», « li», «li ».
create function grams(words text) returns text[] language sql immutable strict parallel safe as $$
  select coalesce(array_agg(distinct substr(padded, place, 3) collate "C"), '{}')
  from regexp_split_to_table(words, ' +') as word
  cross join lateral (select '  ' || word || ' ' as padded) as one
  cross join lateral generate_series(1, length(padded) - 2) as place
  where word <> ''
$$;
alter table family add column search_name text not null generated always as (plain_words(name)) stored;
alter table adult add column search_name text not null
  generated always as (plain_words(last_name || ' ' || first_name)) stored;
alter table child add column search_name text not null
  generated always as (plain_words(last_name || ' ' || first_name)) stored;
create index on family using gin (grams(search_name));
create index on adult using gin (grams(search_name));
create index on child using gin (grams(search_name));
-- Numbers are kept as they were typed or imported, with spaces or dots.
create index on adult (organisation_id, regexp_replace(mobile, '[^0-9+]', '', 'g'));
create index on adult (organisation_id, lower(email));
create index on invoice (organisation_id, total_cents);
create index on capture (organisation_id, amount_cents);
create index on capture (organisation_id, authorisation);
create index on desk_payment (organisation_id, amount_cents);
create index on desk_payment (organisation_id, mark) where mark <> '';
create index on payment_reference (right(reference, 8));
create index on mail (organisation_id, recipient);

-- What staff note about a family, for themselves.
create table family_note (
  organisation_id uuid not null,
  id uuid not null,
  family_id uuid not null,
  said text not null check (said <> ''),
  written_by text not null check (written_by <> ''),
  written_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, family_id) references family (organisation_id, id)
);
create index on family_note (organisation_id, family_id, written_at desc);
