-- Families, adults and children; what they sign in with.
create table family (
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  external_key text,
  name text not null check (name <> ''),
  address text not null,
  postal_code text not null,
  city text not null,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, external_key)
);

-- An adult pays, or only reads.
create table adult (
  organisation_id uuid not null,
  id uuid not null,
  family_id uuid not null,
  external_key text,
  role text not null check (role in ('payer', 'reader')),
  first_name text not null,
  last_name text not null check (last_name <> ''),
  email text check (email like '%_@_%'),
  mobile text,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, external_key),
  foreign key (organisation_id, family_id) references family (organisation_id, id)
);
create index on adult (organisation_id, family_id);

create table child (
  organisation_id uuid not null,
  id uuid not null,
  family_id uuid not null,
  external_key text,
  first_name text not null,
  last_name text not null check (last_name <> ''),
  born_on date,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, external_key),
  foreign key (organisation_id, family_id) references family (organisation_id, id)
);
create index on child (organisation_id, family_id);

-- A login is found from outside by its identifier alone. Without a password it awaits activation.
create table login (
  id uuid primary key,
  organisation_id uuid not null,
  adult_id uuid not null,
  identifier text not null unique check (identifier = lower(identifier) and identifier <> ''),
  email text check (email = lower(email)),
  password_hash text,
  activated_at timestamptz,
  created_at timestamptz not null,
  unique (organisation_id, adult_id),
  check ((password_hash is null) = (activated_at is null)),
  foreign key (organisation_id, adult_id) references adult (organisation_id, id)
);
create index on login (email);

-- Only the SHA-256 of a session's token is kept.
create table session (
  token_hash bytea primary key check (length(token_hash) = 32),
  login_id uuid not null references login (id),
  public_id uuid not null unique,
  device text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz
);
create index on session (login_id);

-- One-time links: activation (7 days), reset (1 hour), change of e-mail (1 hour).
create table access_token (
  token_hash bytea primary key check (length(token_hash) = 32),
  purpose text not null check (purpose in ('activation', 'reset', 'email')),
  login_id uuid not null references login (id),
  new_email text,
  failures integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((purpose = 'email') = (new_email is not null))
);
create index on access_token (login_id);

-- Growing delays after wrong passwords, by identifier typed and by address of origin.
create table throttle (
  key_hash bytea primary key check (length(key_hash) = 32),
  failures integer not null,
  last_at timestamptz not null
);

-- The billing units a family deals with: each has its own block on the family's pages.
create table family_unit (
  organisation_id uuid not null,
  family_id uuid not null,
  billing_unit_id uuid not null,
  since timestamptz not null,
  primary key (organisation_id, family_id, billing_unit_id),
  foreign key (organisation_id, family_id) references family (organisation_id, id),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id)
);
create index on family_unit (organisation_id, billing_unit_id);
