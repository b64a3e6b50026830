import { type Kysely, sql } from "kysely";

const statements = sql`
alter table jobs add column claim_key text check (length(claim_key) between 1 and 64);
create unique index jobs_claim_key on jobs (validator, claim_key) where status = 'leased';
`;

/** A claim whose answer was lost finds what it leased: one key, one lease. */
export const claimKeys = { up: (db: Kysely<unknown>) => statements.execute(db).then(() => undefined) };
