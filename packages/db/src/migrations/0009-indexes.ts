import { type Kysely, sql } from "kysely";

const statements = sql`
create index submissions_by_cycle on submissions (cycle_id);
create index jobs_by_submission on jobs (submission_id, validator);
`;

/** What is asked with every cycle and every job finds its rows without reading all that ever were. */
export const indexes = { up: (db: Kysely<unknown>) => statements.execute(db).then(() => undefined) };
