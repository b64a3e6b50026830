import { DatabaseSync } from "node:sqlite";
import type { Chain, WeightRow, WeightsPlan } from "@assay/chain";
import { verifySignature } from "@assay/chain/wallet";
import type { SignedSnapshot, Signer } from "@assay/core";
import type { Settings } from "../env.ts";
import type { Logger } from "../log.ts";
import { createTables } from "../store/schema.ts";
import { createVitals } from "../vitals.ts";
import type { WeightsContext } from "../weights/context.ts";
import { createInbox } from "../weights/inbox.ts";
import { type Prepared, prepare } from "../weights/prepare.ts";
import { receiveSnapshot } from "../weights/receive.ts";
import { trustAt } from "../weights/receive-all.ts";

type Sources = {
  readonly settings: Pick<Settings, "netuid" | "mechid" | "authority">;
  readonly chain: Chain;
  readonly signer: Signer;
  /** The backend's newest snapshot. */
  readonly latest: () => Promise<SignedSnapshot>;
  readonly log: Logger;
  readonly signal: AbortSignal;
};

/** What would be sent now, in words; nothing is signed, nothing is sent, the journal is not touched. */
export async function dryRun(sources: Sources): Promise<string> {
  const { settings, chain, signer, log, signal } = sources;
  const db = new DatabaseSync(":memory:");
  createTables(db, { genesis: chain.genesisHash, hotkey: signer.address });
  const store = { db, path: ":memory:", close: () => db.close() };
  const { netuid, mechid, authority } = settings;
  const unlimited = {
    isHotkeyShared: false,
    maxChangePpb: null,
    recompute: null,
    inbox: createInbox(),
    vitals: createVitals(),
  };
  const subnet = { netuid, mechid, authority, verify: verifySignature };
  const context: WeightsContext = { chain, store, signer, log, ...subnet, ...unlimited };
  try {
    return await describe(context, { latest: sources.latest, signal });
  } finally {
    store.close();
  }
}

async function describe(
  context: WeightsContext,
  { latest, signal }: Pick<Sources, "latest" | "signal">,
): Promise<string> {
  const { chain, netuid, store } = context;
  const head = await chain.finalisedHead();
  const verdict = await receiveSnapshot(store.db, await latest(), await trustAt(context, { head, signal }));
  if ("error" in verdict) return `nothing would be sent: ${verdict.error.message}`;
  const epoch = await chain.epochState(netuid, { at: head.hash });
  const prepared = await prepare(context, { head, epoch, signal });
  if (prepared.kind === "hold") return `nothing would be sent: ${prepared.code}: ${prepared.reason}`;
  const [plan, findings] = [await chain.planWeights({ netuid }), await chain.preflight(prepared.request)];
  const refusals = findings.map(({ error, message }) => `the chain would refuse: ${error}: ${message}`);
  const { version, vectorHash } = prepared.body;
  return [
    `snapshot ${version}, vector ${vectorHash}, at block ${head.block} of epoch ${epoch.epochIndex}`,
    ...callLines(prepared, plan),
    ...differences(prepared.previousRow ?? [], prepared.request.row),
    ...refusals,
    "nothing was signed or sent",
  ].join("\n");
}

/** The call with its arguments; a sealed one is shown as what is sealed. */
function callLines({ request }: Prepared, plan: WeightsPlan): string[] {
  const { netuid, mechid, row, versionKey } = request;
  const place = mechid === 0 ? `netuid ${netuid}` : `netuid ${netuid}, mecid ${mechid}`;
  const middle = mechid === 0 ? "" : "mechanism_";
  const uids = `dests [${row.map(([uid]) => uid).join(", ")}]`;
  const weights = `weights [${row.map(([, weight]) => weight).join(", ")}]`;
  const content = `${uids}, ${weights}, version_key ${versionKey}`;
  if (plan.kind === "direct") return [`SubtensorModule.set_${middle}weights(${place}, ${content})`];
  if (plan.kind === "timelock")
    return [
      `SubtensorModule.commit_timelocked_${middle}weights(${place}, reveal_round ${plan.revealRound}, commit_reveal_version 4)`,
      `  sealed: ${content}; revealed from block ${plan.revealBlock} on`,
    ];
  return plan.kind === "refused"
    ? [`no way: ${plan.error}: ${plan.message}`]
    : [`commit by hash: ${content}`];
}

function differences(before: WeightRow, after: WeightRow): string[] {
  const [from, to] = [new Map(before), new Map(after)];
  const uids = [...new Set([...from.keys(), ...to.keys()])].toSorted((a, b) => a - b);
  const changed = uids.filter((uid) => from.get(uid) !== to.get(uid));
  if (changed.length === 0) return ["the chain holds exactly this row"];
  return changed.map(
    (uid) => `  uid ${uid}: ${from.get(uid) ?? "none"} on chain, ${to.get(uid) ?? "none"} sent`,
  );
}
