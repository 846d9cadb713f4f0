-- Organisations and what they are made of. Every business row carries its organisation, and every
-- key begins with it, so that one deployment holds many organisations and can be split by them.
create table organisation (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,39}$'),
  name text not null check (name <> ''),
  siret text not null check (siret ~ '^[0-9]{14}$'),
  address text not null,
  phone text not null,
  email text not null,
  opening_hours text not null,
  vat_mention text not null,
  data_contact text not null,
  created_at timestamptz not null
);

-- A contract with a bank. The key is sealed (AES-256-GCM); the key that opens it is not in the database.
create table bank_contract (
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  gateway text not null check (gateway in ('systempay')),
  mode text not null check (mode in ('TEST', 'PRODUCTION')),
  form_url text not null,
  shop_number text not null check (shop_number ~ '^[0-9]{8}$'),
  sealed_key text not null,
  bank_name text not null,
  created_at timestamptz not null,
  primary key (organisation_id, id)
);

-- What a bank's message must find without knowing the organisation: unique alone.
create table gateway_shop (
  gateway text not null,
  host text not null,
  shop_number text not null,
  organisation_id uuid not null,
  contract_id uuid not null,
  primary key (gateway, host, shop_number),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id)
);
create index on gateway_shop (organisation_id, contract_id);

-- vads_trans_id: one counter per shop and UTC day (Systempay, gateways 1.3).
create table transaction_counter (
  organisation_id uuid not null,
  contract_id uuid not null,
  utc_day date not null,
  last integer not null check (last between 0 and 899999),
  primary key (organisation_id, contract_id, utc_day),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id)
);

create table billing_unit (
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  code text not null check (code ~ '^[A-Z0-9-]{2,20}$'),
  name text not null check (name <> ''),
  mode text not null check (mode in ('per_invoice', 'prepaid')),
  series text not null check (series ~ '^[A-Z]{2,4}$'),
  series_source text check (series_source in ('preau', 'import')),
  alert_threshold_cents bigint not null check (alert_threshold_cents >= 0),
  visibility_delay_hours integer not null check (visibility_delay_hours between 0 and 720),
  min_payment_cents bigint not null check (min_payment_cents > 0),
  max_payment_cents bigint not null check (max_payment_cents >= min_payment_cents),
  contact text not null,
  other_means text not null,
  contract_id uuid,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, code),
  unique (organisation_id, series),
  foreign key (organisation_id, contract_id) references bank_contract (organisation_id, id)
);
create index on billing_unit (organisation_id, contract_id);

create table establishment (
  organisation_id uuid not null,
  id uuid not null,
  billing_unit_id uuid not null,
  code text not null check (code ~ '^[A-Z0-9-]{2,20}$'),
  name text not null check (name <> ''),
  address text not null,
  phone text not null,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, code),
  foreign key (organisation_id, billing_unit_id) references billing_unit (organisation_id, id)
);
create index on establishment (organisation_id, billing_unit_id);

-- Numbers that follow one another without a gap: invoice series, receipts by unit and year.
create table number_series (
  organisation_id uuid not null references organisation (id),
  name text not null,
  last integer not null check (last >= 0),
  primary key (organisation_id, name)
);
