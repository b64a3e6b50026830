import { withTempo, withTriggeredEpoch } from "@assay/core";
import { type Context, deposit, ensure, type Origin } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import { authorise } from "./admin-settings.ts";
import { readSchedule, writeSchedule } from "./schedule.ts";

const { storage, constants } = subtensor;
const NOBODY = `0x${"00".repeat(32)}`;
/** Which of an account's rate limits `TransactionKeyLastBlock` tells apart; mainnet's own number is not known here. */
const TEMPO_KEY = 0;
const TEMPO_CHANGE_BLOCKS = 360n;
const [MIN_FACTOR, MAX_FACTOR] = [1_000, 50_000];

/** `set_tempo`: the owner chooses the length of epochs, once per 360 blocks; the running epoch starts again. */
export function setTempo(context: Context, origin: Origin, args: { netuid: number; tempo: number }): void {
  const { state, block } = context;
  const { netuid, tempo } = args;
  authorise(context, { access: "owner", origin, netuid });
  const isAllowed = tempo >= constants.MinTempo.value && tempo <= constants.MaxTempo.value;
  ensure(isAllowed, subtensor, "TempoOutOfBounds");
  limitChanges(context, origin, netuid);
  writeSchedule(state, netuid, withTempo(readSchedule(state, netuid), { tempo, block }));
  deposit(context, subtensor, ["TempoSet", [netuid, tempo]]);
}

function limitChanges({ state, block }: Context, origin: Origin, netuid: number): void {
  if (origin.kind !== "signed") return;
  const last = read(state, storage.TransactionKeyLastBlock, origin.who, netuid, TEMPO_KEY);
  const isInTime = last === 0n || BigInt(block) - last >= TEMPO_CHANGE_BLOCKS;
  ensure(isInTime, subtensor, "TxRateLimitExceeded");
  write(state, storage.TransactionKeyLastBlock, [origin.who, netuid, TEMPO_KEY, BigInt(block)]);
}

/** `set_activity_cutoff_factor`: thousandths of a tempo after which a silent validator counts as inactive. */
export function setActivityCutoffFactor(
  context: Context,
  origin: Origin,
  args: { netuid: number; factor_milli: number },
): void {
  const { netuid, factor_milli: factor } = args;
  authorise(context, { access: "owner", origin, netuid });
  const isAllowed = factor >= MIN_FACTOR && factor <= MAX_FACTOR;
  ensure(isAllowed, subtensor, "ActivityCutoffFactorMilliOutOfBounds");
  write(context.state, storage.ActivityCutoffFactorMilli, [netuid, factor]);
  deposit(context, subtensor, ["ActivityCutoffFactorMilliSet", args]);
}

/** `trigger_epoch`: the owner asks for an epoch after the freeze window, so that nobody is surprised by it. */
export function triggerEpoch(context: Context, origin: Origin, { netuid }: { netuid: number }): void {
  const { state, block } = context;
  authorise(context, { access: "owner", origin, netuid, isFreezeExempt: true });
  const commits = read(state, storage.CommitRevealWeightsEnabled, netuid);
  ensure(!commits, subtensor, "DynamicTempoBlockedByCommitReveal");
  const schedule = readSchedule(state, netuid);
  ensure(schedule.pendingEpochAt === 0, subtensor, "EpochTriggerAlreadyPending");
  const delayBlocks = read(state, storage.AdminFreezeWindow);
  const automatic = schedule.lastEpochBlock + schedule.tempo;
  ensure(automatic - block > delayBlocks, subtensor, "AutoEpochAlreadyImminent");
  writeSchedule(state, netuid, withTriggeredEpoch(schedule, { block, delayBlocks }));
  const by = origin.kind === "signed" ? origin.who : NOBODY;
  deposit(context, subtensor, ["EpochTriggered", { netuid, by, fires_at: BigInt(block + delayBlocks) }]);
}
