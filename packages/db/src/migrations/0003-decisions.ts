import { type Kysely, sql } from "kysely";

const tables = sql`
create table candidates (
  netuid integer not null,
  id text collate "C" primary key,
  competition_id text collate "C" not null references competitions,
  cycle_id text collate "C" not null references cycles,
  submission_id text collate "C" not null references submissions,
  hotkey text not null,
  coldkey text not null,
  status text not null check (status in ('pending', 'approved', 'rejected', 'superseded', 'revoked')),
  figures jsonb not null,
  validators integer not null check (validators >= 1),
  stake_share double precision not null check (stake_share >= 0 and stake_share <= 1),
  comparison jsonb,
  contested boolean not null,
  created_at timestamptz(3) not null,
  superseded_because text check (superseded_because in ('newer-submission', 'bar-moved')),
  decision_action text check (decision_action in ('approve', 'reject', 'revoke')),
  decided_by text,
  decided_key_id text,
  decision_reason text,
  decided_at timestamptz(3),
  unique (cycle_id, submission_id),
  check ((status = 'superseded') = (superseded_because is not null)),
  check (decision_action is not distinct from
    case status when 'approved' then 'approve' when 'rejected' then 'reject' when 'revoked' then 'revoke' end),
  check ((decision_action is null) = (decided_by is null)),
  check ((decision_action is null) = (decided_key_id is null)),
  check ((decision_action is null) = (decided_at is null)),
  check (decision_action is null or decision_action = 'approve' or coalesce(trim(decision_reason), '') <> '')
);
create unique index one_pending_candidate on candidates (competition_id, coldkey) where status = 'pending';
create index candidates_by_status on candidates (netuid, status, id);
create index candidates_by_competition on candidates (competition_id, status, id);

create table leaders (
  netuid integer not null,
  id text collate "C" primary key,
  competition_id text collate "C" not null references competitions,
  candidate_id text collate "C" not null references candidates,
  submission_id text collate "C" not null references submissions,
  hotkey text not null,
  coldkey text not null,
  approved_by text not null,
  approved_at timestamptz(3) not null,
  from_block integer not null check (from_block >= 0),
  ended_at timestamptz(3),
  ended_at_block integer check (ended_at_block >= from_block),
  end_reason text
    check (end_reason in ('replaced', 'revoked', 'banned', 'deregistered', 'decayed', 'ended')),
  check ((ended_at is null) = (ended_at_block is null)),
  check ((ended_at is null) = (end_reason is null))
);
create unique index one_current_leader on leaders (competition_id) where ended_at is null;

create table rules_documents (
  netuid integer not null check (netuid between 0 and 65535),
  mechid integer not null check (mechid between 0 and 255),
  from_block integer not null check (from_block >= 0),
  document jsonb not null,
  created_at timestamptz(3) not null,
  primary key (netuid, mechid, from_block)
);

create table snapshots (
  netuid integer not null check (netuid between 0 and 65535),
  mechid integer not null check (mechid between 0 and 255),
  version integer not null check (version >= 1),
  block integer not null check (block >= 0),
  valid_until integer not null check (valid_until >= block),
  body text not null,
  key text not null,
  signature text not null,
  certificate jsonb not null,
  vector_hash text not null check (vector_hash ~ '^[0-9a-f]{64}$'),
  policy text not null check (policy in ('leaders', 'winner', 'scores', 'subsets', 'burn')),
  created_at timestamptz(3) not null,
  primary key (netuid, mechid, version)
);
`;

const guards = sql`
create function require_approval() returns trigger language plpgsql as $$
begin
  perform from candidates where id = new.candidate_id and competition_id = new.competition_id
    and submission_id = new.submission_id and hotkey = new.hotkey and status = 'approved' for share;
  if not found then
    raise exception 'leader % has no approved candidate', new.hotkey
      using errcode = 'check_violation', constraint = 'leader_is_approved';
  end if;
  return new;
end $$;
create trigger leader_is_approved before insert on leaders for each row execute function require_approval();

create function require_newest_version() returns trigger language plpgsql as $$
begin
  perform from snapshots
    where netuid = new.netuid and mechid = new.mechid and version >= new.version limit 1;
  if found then
    raise exception 'snapshot version % is not the newest', new.version
      using errcode = 'check_violation', constraint = 'snapshot_version_grows';
  end if;
  return new;
end $$;
create trigger snapshot_version_grows before insert on snapshots
  for each row execute function require_newest_version();
create trigger snapshots_append_only before update or delete or truncate on snapshots
  for each statement execute function refuse_change();
`;

/** The queue of candidates, who leads, the rules of the subnet and the signed snapshots, which are the outbox. */
export const decisions = {
  async up(db: Kysely<unknown>): Promise<void> {
    await tables.execute(db);
    await guards.execute(db);
  },
};
