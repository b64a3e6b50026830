import { currentLeaders, latestSnapshot, listAudit } from "@assay/db";
import type { Desk } from "./desk.ts";
import type { Miner } from "./queue-model.ts";
import { openCompetition } from "./work.ts";
import { hotkeyOf, keysOf, MINERS, NETUID, type World } from "./world.ts";

/** A competition of its own in a world that several of them share, one after the other. */
export type Arena = {
  readonly desk: Desk;
  readonly databaseUrl: string;
  readonly competitionId: string;
  readonly hotkeys: Readonly<Record<Miner, string>>;
  /** Newest snapshot and audit row that have been accounted for. */
  version: number;
  sequence: number;
  /** How often each command was heard, and how often each refusal, over all arenas. */
  readonly tally: Map<string, number>;
  statuses(): Promise<Record<string, string>>;
  leaders(): Promise<string[]>;
  ban(miner: Miner): Promise<void>;
  lift(miner: Miner): Promise<void>;
  deregister(miner: Miner): Promise<void>;
  register(miner: Miner): Promise<void>;
  /** Leaves the world as it was found. */
  close(): Promise<void>;
};

/** The owner and two validators come first. */
const FIRST_MINER_UID = 3;

export async function createArena(
  { world, desk }: { world: World; desk: Desk },
  tally: Map<string, number>,
): Promise<Arena> {
  const admin = desk.as("admin");
  const { id: competitionId } = await openCompetition(desk);
  const keys = await Promise.all(MINERS.map((name) => keysOf(name)));
  const bans = new Map<Miner, string>();
  const gone = new Set<Miner>();
  const replace = async (miner: Miner, name: string) => {
    const uid = FIRST_MINER_UID + MINERS.indexOf(miner);
    const { address: hotkey } = await hotkeyOf(name);
    world.devnet.fault({ kind: "replace", netuid: NETUID, uid, hotkey });
    await desk.blocks(2);
  };
  const arena: Arena = {
    desk,
    databaseUrl: world.settings.databaseUrl,
    competitionId,
    tally,
    hotkeys: {
      Mia: keys[0]?.hotkey ?? "",
      Mo: keys[1]?.hotkey ?? "",
      Max: keys[2]?.hotkey ?? "",
    },
    ...(await counted(desk)),
    async statuses() {
      const { items } = await admin.candidates.list({ competitionId, limit: 200 });
      return Object.fromEntries(items.map(({ id, status }) => [id, status]));
    },
    async leaders() {
      const rows = await currentLeaders(world.db, NETUID);
      return rows.map(({ candidateId }) => candidateId);
    },
    async ban(miner) {
      // A miner is known by two addresses; either is enough.
      const { hotkey = "", coldkey = "" } = keys[MINERS.indexOf(miner)] ?? {};
      const address = bans.size % 2 === 0 ? hotkey : coldkey;
      bans.set(miner, (await admin.bans.create({ address, reason: "by the model" })).id);
    },
    async lift(miner) {
      await admin.bans.lift({ id: bans.get(miner) ?? "", reason: "by the model" });
      bans.delete(miner);
    },
    async deregister(miner) {
      await replace(miner, `Stranger${miner}`);
      gone.add(miner);
    },
    async register(miner) {
      await replace(miner, miner);
      gone.delete(miner);
    },
    async close() {
      for (const miner of bans.keys()) await arena.lift(miner);
      for (const miner of gone) await arena.register(miner);
      await admin.competitions.archive({ id: competitionId, reason: "the run is over" });
    },
  };
  return arena;
}

async function counted({ backend }: Desk): Promise<Pick<Arena, "version" | "sequence">> {
  const [snapshot, audit] = await Promise.all([
    latestSnapshot(backend.db, backend),
    listAudit(backend.db, { netuid: backend.netuid, limit: 1 }),
  ]);
  return { version: snapshot?.version ?? 0, sequence: audit.items[0]?.sequence ?? 0 };
}
