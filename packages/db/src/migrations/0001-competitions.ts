import { type Kysely, sql } from "kysely";

// Ids collate "C": they are compared byte by byte, so that they page and partition by time everywhere.
const statements = sql`
create table competitions (
  netuid integer not null check (netuid between 0 and 65535),
  id text collate "C" primary key,
  name text not null check (length(name) between 1 and 100),
  task text not null,
  task_config jsonb not null,
  evaluator jsonb not null,
  points integer not null check (points between 1 and 1000000),
  cycle_blocks integer not null check (cycle_blocks between 1 and 1000000),
  thresholds_version integer not null check (thresholds_version >= 1),
  status text not null check (status in ('open', 'paused', 'ended')),
  created_at timestamptz(3) not null,
  created_at_block integer not null check (created_at_block >= 0)
);
create index competitions_by_netuid on competitions (netuid, id);

create table thresholds (
  netuid integer not null,
  competition_id text collate "C" not null references competitions,
  version integer not null check (version >= 1),
  min_success_rate double precision not null check (min_success_rate >= 0 and min_success_rate <= 1),
  min_avg_reward double precision not null check (min_avg_reward > '-Infinity' and min_avg_reward < 'Infinity'),
  min_episodes integer not null check (min_episodes between 1 and 100000),
  win_margin double precision not null check (win_margin >= 0 and win_margin <= 1),
  z_score double precision not null check (z_score >= 0 and z_score <= 10),
  min_lead double precision not null check (min_lead >= 0 and min_lead <= 1),
  ceiling double precision not null check (ceiling > '-Infinity' and ceiling < 'Infinity'),
  created_at timestamptz(3) not null,
  primary key (competition_id, version)
);

create table cycles (
  netuid integer not null,
  id text collate "C" primary key check (id ~ '^cycle_[0-9a-f]{8}-[0-9a-f]{4}-7'),
  competition_id text collate "C" not null references competitions,
  status text not null check (status in ('collecting', 'running', 'done')),
  thresholds_version integer not null,
  secret text not null,
  secret_hash text not null,
  randomness text,
  opened_at timestamptz(3) not null,
  opened_at_block integer not null check (opened_at_block >= 0),
  closed_at timestamptz(3),
  closed_at_block integer check (closed_at_block >= opened_at_block),
  done_at timestamptz(3),
  done_at_block integer check (done_at_block >= closed_at_block),
  leader_submission_id text collate "C",
  roster jsonb,
  foreign key (competition_id, thresholds_version) references thresholds (competition_id, version),
  check ((status = 'collecting') = (closed_at is null)),
  check ((status = 'collecting') = (randomness is null)),
  check ((status = 'collecting') = (closed_at_block is null)),
  check ((status = 'collecting') = (roster is null)),
  check ((status = 'done') = (done_at is not null)),
  check ((status = 'done') = (done_at_block is not null))
);
create unique index one_collecting_cycle on cycles (competition_id) where status = 'collecting';
create index cycles_by_competition on cycles (competition_id, id);

create table submissions (
  netuid integer not null check (netuid between 0 and 65535),
  id text collate "C" primary key,
  sequence integer generated always as identity unique,
  competition_id text collate "C" not null references competitions,
  cycle_id text collate "C" references cycles,
  hotkey text not null,
  coldkey text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes integer not null check (size_bytes between 1 and 1048576),
  status text not null
    check (status in ('waiting', 'evaluating', 'unscored', 'ineligible', 'below-bar', 'candidate')),
  accepted_at timestamptz(3) not null,
  accepted_at_block integer not null check (accepted_at_block >= 0),
  figures jsonb,
  failure jsonb,
  explanation text not null,
  constraint content_hash_unseen unique (netuid, sha256)
);
create unique index one_waiting_submission on submissions (competition_id, coldkey) where status = 'waiting';
create index submissions_by_competition on submissions (competition_id, status, sequence);
create index submissions_by_hotkey on submissions (netuid, hotkey, sequence);
`;

/** Competitions with their versioned thresholds, their cycles, and what miners submit to them. */
export const competitions = { up: (db: Kysely<unknown>) => statements.execute(db).then(() => undefined) };
