-- Mails are planned once, by key, in the transaction of what they tell; a job sends them.
create table mail (
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  plan_key text not null,
  kind text not null,
  recipient text not null,
  details jsonb not null,
  planned_at timestamptz not null,
  not_before timestamptz not null,
  sent_at timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (organisation_id, id),
  unique (organisation_id, plan_key)
);
create index on mail (not_before) where sent_at is null;

-- What a person of the association must look at.
create table task (
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  task_key text not null,
  kind text not null,
  details jsonb not null,
  created_at timestamptz not null,
  done_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, task_key)
);
