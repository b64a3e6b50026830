import { type Kysely, sql } from "kysely";

const tables = sql`
create table jobs (
  netuid integer not null,
  id text collate "C" primary key,
  cycle_id text collate "C" not null references cycles,
  competition_id text collate "C" not null references competitions,
  submission_id text collate "C" not null references submissions,
  validator text not null,
  coldkey text not null,
  stake_rao numeric(20, 0) not null check (stake_rao >= 0 and stake_rao <= 18446744073709551615),
  status text not null check (status in ('open', 'leased', 'done', 'failed', 'cancelled')),
  attempt integer not null check (attempt >= 0),
  failures integer not null check (failures >= 0),
  leased_until timestamptz(3),
  last_error text,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  unique (cycle_id, submission_id, validator),
  check ((status = 'leased') = (leased_until is not null)),
  check ((status in ('done', 'failed', 'cancelled')) = (finished_at is not null)),
  check (attempt >= 1 or status in ('open', 'cancelled'))
);
create index jobs_to_claim on jobs (netuid, validator, id) where status in ('open', 'leased');

create table results (
  netuid integer not null,
  cycle_id text collate "C" not null,
  job_id text collate "C" not null references jobs,
  validator text not null,
  attempt integer not null check (attempt >= 1),
  competition_id text collate "C" not null,
  submission_id text collate "C" not null,
  body text not null,
  body_sha256 text not null check (body_sha256 ~ '^[0-9a-f]{64}$'),
  signature text not null,
  episodes integer not null check (episodes between 0 and 100000),
  successes integer not null check (successes >= 0 and successes <= episodes),
  mean_reward double precision not null check (mean_reward > '-Infinity' and mean_reward < 'Infinity'),
  failure_code text,
  received_at timestamptz(3) not null,
  primary key (cycle_id, job_id, validator, attempt)
) partition by range (cycle_id);
create index results_by_submission on results (submission_id, cycle_id);
`;

const appendOnly = sql`
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger results_append_only before update or delete on results
  for each row execute function refuse_change();
create trigger results_no_truncate before truncate on results
  for each statement execute function refuse_change();
`;

// A cycle's id is a uuidv7, so its first 48 bits are its time and one month of cycles is one range of ids.
// Referenced tables are locked first: a transaction that completes a job takes the two in that order as well.
const partitions = sql`
create function cycle_id_at(moment timestamp) returns text language sql immutable as $$
  select 'cycle_' || overlay(
    lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') placing '-' from 9 for 0)
$$;
create function ensure_results_partition(cycle text) returns text language plpgsql as $$
declare
  milliseconds bigint := ('x' || substr(cycle, 7, 8) || substr(cycle, 16, 4))::bit(48)::bigint;
  month timestamp := date_trunc('month', to_timestamp(milliseconds / 1000.0) at time zone 'UTC');
  part text := 'results_' || to_char(month, 'YYYY_MM');
begin
  if to_regclass(part) is not null then return part; end if;
  lock table jobs in share row exclusive mode;
  if to_regclass(part) is not null then return part; end if;
  execute format('create table %I partition of results for values from (%L) to (%L)',
    part, cycle_id_at(month), cycle_id_at(month + interval '1 month'));
  execute format('create trigger results_no_truncate before truncate on %I
    for each statement execute function refuse_change()', part);
  return part;
end $$;
`;

/** Jobs leased to validators and the signed results they send, append-only and partitioned by month of cycle. */
export const evaluation = {
  async up(db: Kysely<unknown>): Promise<void> {
    await tables.execute(db);
    await appendOnly.execute(db);
    await partitions.execute(db);
  },
};
