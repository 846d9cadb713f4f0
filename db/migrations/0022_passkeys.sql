-- Passkeys of staff (WebAuthn): each replaces password and code at once, where the browser has them.
-- Found by the id that the browser gives, before anybody is known.
create table staff_passkey (
  credential_id text primary key check (credential_id <> ''),
  staff_id uuid not null references staff_member (id),
  -- COSE key of the credential.
  public_key bytea not null,
  -- How often the authenticator says that it signed; many always say 0.
  sign_count integer not null check (sign_count >= 0),
  name text not null check (name <> ''),
  created_at timestamptz not null,
  used_at timestamptz
);
create index on staff_passkey (staff_id);

-- A challenge serves once. It is written down when it served, not when it was offered.
create table staff_passkey_challenge (
  challenge_hash bytea primary key check (length(challenge_hash) = 32),
  used_at timestamptz not null
);
create index on staff_passkey_challenge (used_at);
