import { type Kysely, sql } from "kysely";

const statements = sql`
create table api_keys (
  netuid integer check (netuid between 0 and 65535),
  id text collate "C" primary key,
  name text not null check (length(name) between 1 and 100),
  role text not null check (role in ('admin', 'reviewer', 'validator', 'viewer')),
  hotkey text,
  secret_hash text not null unique,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  check ((role = 'validator') = (hotkey is not null)),
  check (expires_at > created_at and expires_at < 'infinity')
);

create table nonces (
  netuid integer not null,
  signer text not null,
  nonce text not null check (length(nonce) <= 64),
  expires_at timestamptz(3) not null,
  primary key (netuid, signer, nonce)
);
create index nonces_by_expiry on nonces (expires_at);

create table validators (
  netuid integer not null check (netuid between 0 and 65535),
  hotkey text not null,
  software_version text not null,
  duties jsonb not null,
  snapshot_version integer check (snapshot_version >= 1),
  last_set_block integer check (last_set_block >= 0),
  last_set_version integer check (last_set_version >= 1),
  heartbeat_at timestamptz(3) not null,
  heartbeat_block integer not null check (heartbeat_block >= 0),
  primary key (netuid, hotkey),
  check ((last_set_block is null) = (last_set_version is null))
);

create table audit_log (
  netuid integer not null check (netuid between 0 and 65535),
  sequence integer not null check (sequence >= 1),
  at timestamptz(3) not null,
  actor text not null,
  action text not null,
  target text not null,
  reason text,
  facts jsonb not null,
  previous_hash text not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (netuid, sequence)
);
create trigger audit_append_only before update or delete or truncate on audit_log
  for each statement execute function refuse_change();

create table duties (
  netuid integer not null check (netuid between 0 and 65535),
  name text not null,
  due_at timestamptz(3) not null,
  leased_until timestamptz(3),
  fence integer not null check (fence >= 0),
  primary key (netuid, name)
);
`;

/** Keys, nonces, validators' heartbeats, the audit log and the duties that replicas share. */
export const operation = { up: (db: Kysely<unknown>) => statements.execute(db).then(() => undefined) };
