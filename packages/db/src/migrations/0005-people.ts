import { type Kysely, sql } from "kysely";

const decisions = sql`
alter table competitions
  add column four_eyes boolean not null default false,
  add column start_block integer check (start_block >= 0),
  add column end_block integer check (end_block >= 0),
  drop constraint competitions_status_check,
  add constraint competitions_status_check
    check (status in ('scheduled', 'open', 'paused', 'ended', 'archived')),
  add constraint competition_ends_after_start check (end_block > start_block);

alter table candidates
  add column pending_since timestamptz(3),
  add column overdue_since timestamptz(3),
  add column superseded_by text collate "C" references candidates,
  drop constraint candidates_superseded_because_check,
  add constraint candidates_superseded_because_check
    check (superseded_because in ('newer-submission', 'bar-moved', 'banned', 'competition-ended'));
update candidates set pending_since = created_at;
alter table candidates alter column pending_since set not null;
create index candidates_by_submission on candidates (submission_id, id);
create index candidates_by_superseder on candidates (superseded_by) where superseded_by is not null;

create table reviews (
  netuid integer not null check (netuid between 0 and 65535),
  id text collate "C" primary key,
  candidate_id text collate "C" not null references candidates,
  verdict text not null check (verdict in ('approve', 'reject', 'note')),
  note text not null check (trim(note) <> ''),
  owner text not null,
  key_id text not null,
  leader_candidate_id text collate "C",
  created_at timestamptz(3) not null
);
create index reviews_by_candidate on reviews (candidate_id, id);
create trigger reviews_append_only before update or delete or truncate on reviews
  for each statement execute function refuse_change();

create table bans (
  netuid integer not null check (netuid between 0 and 65535),
  id text collate "C" primary key,
  address text not null,
  reason text not null check (trim(reason) <> ''),
  banned_by text not null,
  key_id text not null,
  created_at timestamptz(3) not null,
  lifted_at timestamptz(3),
  lifted_by text,
  lift_reason text,
  check ((lifted_at is null) = (lifted_by is null)),
  check ((lifted_at is null) = (lift_reason is null))
);
create unique index one_ban_in_force on bans (netuid, address) where lifted_at is null;
`;

const people = sql`
alter table api_keys add column owner text, add column replaced_by text collate "C" references api_keys;
update api_keys set owner = name;
alter table api_keys alter column owner set not null,
  add constraint api_keys_owner_check check (length(owner) between 1 and 100);
create index api_keys_by_owner on api_keys (owner);

create table interests (
  netuid integer not null check (netuid between 0 and 65535),
  owner text not null,
  address text not null,
  key_id text not null,
  declared_at timestamptz(3) not null,
  primary key (netuid, owner, address)
);

create table key_requests (
  netuid integer not null check (netuid between 0 and 65535),
  id text collate "C" primary key,
  hotkey text not null,
  name text not null check (length(name) between 1 and 100),
  status text not null check (status in ('pending', 'granted', 'refused', 'collected')),
  requested_at timestamptz(3) not null,
  expires_in_days integer check (expires_in_days between 1 and 3650),
  decided_at timestamptz(3),
  decided_by text,
  reason text,
  key_id text collate "C" references api_keys,
  check ((status = 'pending') = (decided_at is null)),
  check ((status = 'pending') = (decided_by is null)),
  check ((status = 'collected') = (key_id is not null)),
  check (status not in ('granted', 'collected') or expires_in_days is not null)
);
create unique index one_pending_key_request on key_requests (netuid, hotkey) where status = 'pending';
create index key_requests_by_status on key_requests (netuid, status, id);

create table settings (
  netuid integer primary key check (netuid between 0 and 65535),
  version integer not null check (version >= 1),
  document jsonb not null,
  updated_at timestamptz(3) not null
);

alter table submissions
  drop constraint submissions_status_check,
  add constraint submissions_status_check check (status in
    ('waiting', 'evaluating', 'unscored', 'ineligible', 'below-bar', 'candidate', 'withdrawn'));
create index audit_by_actor on audit_log (netuid, actor, sequence);
create index audit_by_target on audit_log (netuid, target, sequence);
create index submissions_by_coldkey on submissions (netuid, coldkey, accepted_at_block);
`;

/** Reviews, bans, owners of keys and what they are interested in, requests for keys, settings of the subnet. */
export const peopleAndDecisions = {
  async up(db: Kysely<unknown>): Promise<void> {
    await decisions.execute(db);
    await people.execute(db);
  },
};
