import type { EpochState, Head, SignerState } from "@assay/chain";
import { ValidatorError } from "../errors.ts";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import { dropNote, findNote, type Note, raiseFloor, writeNote } from "../store/notes.ts";
import { hasCommitted, knownDoings } from "../store/own-doings.ts";
import { reading, storageIndexOf, type WeightsContext } from "./context.ts";
import { type Hold, holdOf } from "./hold.ts";
import { withOwnDoings } from "./own.ts";

type Moment = { readonly head: Head; readonly epoch: EpochState; readonly signal: AbortSignal };

/**
 * Holds what the chain shows of our hotkey against what this journal has done. It is a best effort: of two hosts with
 * one hotkey it stops the one that comes second, and never makes running two of them safe.
 */
export async function watchForStrangers(context: WeightsContext, moment: Moment): Promise<Hold | undefined> {
  const { chain, store, netuid, mechid, signer } = context;
  const met = findNote(store.db, "stranger");
  if (met) return strangerHold(context, met);
  const who = { netuid, mechid, hotkey: signer.address };
  const asked = chain.signerState(who, { at: moment.head.hash });
  const state = await reading("what our hotkey has done", asked, moment.signal);
  const baseline = findNote(store.db, "baseline");
  if (baseline === undefined) return begin(context, state, moment);
  const problem = await strangeDoing(context, { state, baseline, moment });
  if (problem === undefined) return undefined;
  const wider = await withOwnDoings(context, baseline, moment);
  const still = wider && (await strangeDoing(context, { state, baseline: wider, moment }));
  if (wider !== undefined && still === undefined) return undefined;
  const stranger = { block: moment.head.block, problem: still ?? problem };
  writeNote(store.db, "stranger", stranger);
  const hold = strangerHold(context, stranger);
  context.log.error(errorFacts(strangerError(context, stranger)), LOG.strangerSeen);
  return hold;
}

/**
 * Begins to watch: whoever has set weights lately may do so again, so the running and the next epoch are watched
 * first. An operator who resumes has stopped the other one; then only the running epoch may already be taken.
 */
function begin(
  { store, log, ...context }: WeightsContext,
  state: SignerState,
  { head, epoch }: Moment,
): undefined {
  const { nonce, commits } = state;
  const { epochIndex, lastEpochBlock, tempo } = epoch;
  const lastUpdate = state.lastUpdate ?? 0;
  const own = knownDoings(store.db, storageIndexOf(context)).lastUpdate ?? 0;
  const isResumed = findNote(store.db, "resumed") !== undefined;
  const since = isResumed ? lastEpochBlock : head.block - 2 * tempo;
  if (lastUpdate > own && lastUpdate >= since) {
    const throughEpoch = isResumed ? epochIndex : epochIndex + 1;
    const reason = `weights that this journal knows nothing of were set with this hotkey at block ${lastUpdate}`;
    raiseFloor(store.db, { throughEpoch, afterBlock: 0, reason });
    log.warn({ throughEpoch, lastUpdate, reason }, LOG.watchingFirst);
  }
  const hashes = commits.map(({ commitHash }) => commitHash);
  writeNote(store.db, "baseline", { block: head.block, nonce, lastUpdate, commits: hashes });
  dropNote(store.db, "resumed");
  return undefined;
}

type Judged = { state: SignerState; baseline: Note<"baseline">; moment: Moment };

async function strangeDoing(context: WeightsContext, judged: Judged): Promise<string | undefined> {
  const { state, baseline } = judged;
  const own = knownDoings(context.store.db, storageIndexOf(context));
  const isOurs = (hash: string) => hasCommitted(context.store.db, hash) || baseline.commits.includes(hash);
  const commit = state.commits.find(({ commitHash }) => !isOurs(commitHash));
  if (commit) return `commit ${commit.commitHash} of block ${commit.block} is not ours`;
  const last = Math.max(baseline.lastUpdate, own.lastUpdate ?? 0);
  const lastUpdate = state.lastUpdate ?? 0;
  if (lastUpdate > last && !(await isRegistration(context, judged, lastUpdate)))
    return `weights were set or committed at block ${lastUpdate}, our last was ${last}`;
  const nonce = Math.max(baseline.nonce, own.nonce ?? 0);
  if (!context.isHotkeyShared && state.nonce > nonce)
    return `the account has sent ${state.nonce} extrinsics, we know of ${nonce}`;
  return undefined;
}

/** A hotkey that comes back to the subnet begins with the block of its registration as last update. */
async function isRegistration(
  { chain, netuid, mechid, signer }: WeightsContext,
  { moment }: Judged,
  block: number,
): Promise<boolean> {
  const asked = chain.metagraph(netuid, { mechid, at: moment.head.hash });
  const { neurons } = await reading("the metagraph", asked, moment.signal);
  return neurons.some(
    ({ hotkey, registeredAtBlock }) => hotkey === signer.address && registeredAtBlock === block,
  );
}

function strangerHold(context: WeightsContext, stranger: Note<"stranger">): Hold {
  return holdOf(strangerError(context, stranger));
}

function strangerError({ signer }: WeightsContext, { block, problem }: Note<"stranger">): ValidatorError {
  return new ValidatorError(
    { code: "VALIDATOR_STRANGER", hotkey: signer.address, block, problem },
    `Somebody else acts with this hotkey: ${problem} (seen at block ${block}). Stop the other process, then run \`resume\`. If this hotkey works on other subnets too, set ASSAY_SHARED_HOTKEY=yes.`,
  );
}
