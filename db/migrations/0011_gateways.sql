-- Several gateways: each contract has its own settings, in clear, and its own secrets, each sealed.
alter table bank_contract
  add column settings jsonb,
  add column sealed_secrets jsonb;
update bank_contract set
  settings = jsonb_build_object('formUrl', form_url, 'restUrl', rest_url, 'signature', 'HMAC-SHA-256',
    'cards', null, 'threeDs', null),
  sealed_secrets = jsonb_strip_nulls(
    jsonb_build_object('key', sealed_key, 'restPassword', sealed_rest_password));
alter table bank_contract
  alter column settings set not null,
  alter column sealed_secrets set not null,
  drop constraint bank_contract_rest_whole,
  drop constraint bank_contract_gateway_check,
  drop constraint bank_contract_shop_number_check,
  drop column form_url,
  drop column sealed_key,
  drop column rest_url,
  drop column sealed_rest_password,
  add constraint bank_contract_gateway_check check (gateway in ('systempay', 'payfip', 'stripe')),
  add constraint bank_contract_shop_number_check check (shop_number ~ '^[0-9A-Za-z_]{1,64}$'),
  add constraint bank_contract_settings_check check (jsonb_typeof(settings) = 'object'),
  add constraint bank_contract_sealed_secrets_check check (jsonb_typeof(sealed_secrets) = 'object'),
  -- Whether the bank can be asked: on Systempay's platform only with its interface between servers.
  add column askable boolean not null
    generated always as (gateway <> 'systempay' or settings ->> 'restUrl' is not null) stored;

-- The bank's own name of a payment under way (PayFiP idOp, Stripe session), when it gives one.
alter table attempt_sending add column provider_reference text check (provider_reference <> '');
create unique index on attempt_sending (organisation_id, contract_id, provider_reference);
