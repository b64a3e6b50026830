import { type Kysely, sql } from "kysely";

const statements = sql`
alter table thresholds
  add column max_episodes integer not null default 2000 check (max_episodes between 1 and 100000);
alter table thresholds alter column max_episodes drop default;

alter table jobs
  add column round integer not null default 0 check (round >= 0),
  drop constraint jobs_cycle_id_submission_id_validator_key,
  add constraint one_job_per_round unique (cycle_id, submission_id, validator, round);
alter table jobs alter column round drop default;
`;

/** Agents near the bar run more seeds, in rounds; every job belongs to one. */
export const extraEpisodes = { up: (db: Kysely<unknown>) => statements.execute(db).then(() => undefined) };
