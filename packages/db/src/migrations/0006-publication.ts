import { type Kysely, sql } from "kysely";

const statements = sql`
alter table snapshots
  add column public_from_epoch integer check (public_from_epoch >= 0),
  drop constraint snapshots_policy_check,
  add constraint snapshots_policy_check
    check (policy in ('leaders', 'winner', 'scores', 'subsets', 'burn', 'unknown'));
create index snapshots_by_block on snapshots (netuid, mechid, block, version);

create table snapshot_inputs (
  netuid integer not null,
  mechid integer not null,
  version integer not null,
  inputs text not null,
  primary key (netuid, mechid, version),
  foreign key (netuid, mechid, version) references snapshots
);
create trigger snapshot_inputs_append_only before update or delete or truncate on snapshot_inputs
  for each statement execute function refuse_change();

alter table leaders
  add column missed_cycles integer not null default 0 check (missed_cycles >= 0),
  add column absent_since_block integer check (absent_since_block >= 0),
  add column lost_at_block integer check (lost_at_block >= from_block),
  add column lost_because text check (lost_because in ('below-thresholds', 'absent', 'tenure')),
  add column half_life_blocks integer check (half_life_blocks >= 1),
  add constraint leader_loss_is_whole check (
    (lost_at_block is null) = (lost_because is null) and (lost_at_block is null) = (half_life_blocks is null));

create table equivocations (
  netuid integer not null check (netuid between 0 and 65535),
  cycle_id text collate "C" not null,
  job_id text collate "C" not null references jobs,
  validator text not null,
  attempt integer not null check (attempt >= 1),
  body_sha256 text not null check (body_sha256 ~ '^[0-9a-f]{64}$'),
  recorded_sha256 text not null check (recorded_sha256 ~ '^[0-9a-f]{64}$' and recorded_sha256 <> body_sha256),
  body text not null,
  signature text not null,
  received_at timestamptz(3) not null,
  primary key (cycle_id, job_id, validator, attempt)
);
create trigger equivocations_append_only before update or delete or truncate on equivocations
  for each statement execute function refuse_change();
`;

/** What snapshots are computed from and when they become public, leaders that are being lost, contradicting results. */
export const publication = { up: (db: Kysely<unknown>) => statements.execute(db).then(() => undefined) };
