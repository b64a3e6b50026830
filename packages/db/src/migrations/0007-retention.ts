import { type Kysely, sql } from "kysely";

// A text may go only while its cycle says so, and nothing else of a result may ever change.
const statements = sql`
alter table cycles
  add column result_texts text not null default 'kept' check (result_texts in ('kept', 'clearing', 'cleared')),
  add column texts_cleared_at timestamptz(3),
  add constraint cycle_clearing_is_whole check ((result_texts = 'kept') = (texts_cleared_at is null)),
  add constraint cycle_keeps_texts_until_done check (result_texts = 'kept' or status = 'done');
create index cycles_by_texts on cycles (netuid, result_texts, done_at) where status = 'done' and result_texts <> 'cleared';

alter table results alter column body drop not null;

create function guard_result() returns trigger language plpgsql as $$
declare
  probe results := new;
begin
  probe.body := old.body;
  if new.body is null and probe is not distinct from old
    and exists (select from cycles where id = old.cycle_id and result_texts = 'clearing') then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
drop trigger results_append_only on results;
create trigger results_no_delete before delete on results for each row execute function refuse_change();
create trigger results_no_change before update on results for each row execute function guard_result();
`;

/** The signed texts of old results may go; their figures, hashes and signatures stay append-only. */
export const retention = { up: (db: Kysely<unknown>) => statements.execute(db).then(() => undefined) };
