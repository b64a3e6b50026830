import type { WeightRow } from "@assay/chain";
import { PPB } from "@assay/core";
import type { Intent } from "../store/intent.ts";
import type { Published } from "./backend.ts";
import { expectedWeights, isRowOf } from "./expected.ts";
import type { Sent, Shown } from "./witness.ts";
import { NETUID, TEMPO } from "./world.ts";

/** What is known of one validator after a block. */
export type Account = {
  readonly hotkey: string;
  /** The intent of its journal that holds an epoch. */
  intentOf(epochIndex: number): Intent | undefined;
  readonly lastConfirmed: Intent | undefined;
  /** Versions it accepted over all its lives, in order. */
  readonly accepted: readonly number[];
  /** Blocks without any fault that could keep it from setting weights, since it last did. */
  readonly healthySilence: number;
  /** Whether a block was finalised to it and then replaced since it last confirmed. */
  readonly wasLiedTo: boolean;
  /** Results its journal calls acknowledged, by id, with their text's hash as it was signed. */
  readonly acknowledged: readonly string[];
};

/** Everything the invariants look at after a block: facts read from the chain, the journals and the backend's books. */
export type Evidence = {
  readonly sent: readonly Sent[];
  /** The first block whose extrinsics are among them. */
  readonly fromBlock: number;
  readonly accounts: readonly Account[];
  readonly ledger: ReadonlyMap<number, Published>;
  readonly approvals: ReadonlyMap<string, number>;
  /** How often the backend holds each result. */
  readonly results: ReadonlyMap<string, number>;
  /** Validators that held because they took their own doings for a stranger's. */
  readonly falseAlarms: readonly string[];
  /** Null in blocks that cannot have changed a row. */
  readonly shown: Shown | null;
  /** Whether two epochs have passed since the last fault. */
  readonly isCalm: boolean;
};

type Invariant = (evidence: Evidence) => string[];
/** An effective extrinsic together with what its validator wrote down about it. */
type Recorded = { sent: Sent; intent: Intent; published: Published | undefined };

/** The ten things that hold after every block, whatever went wrong before it; each answers with what contradicts it. */
export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  everyAcknowledgedResultIsThereOnce,
  onlyApprovedHotkeysAreSet,
  versionsOnlyGrow,
  oneEffectiveExtrinsicPerEpoch,
  theChainShowsWhatIsSaidToBeSet,
  nobodyUnregisteredIsPaid,
  everyExtrinsicIsInTheJournal,
  nobodyIsSilentForLong,
  sharesAreWhole,
  calmConverges,
};

/** 1. A result whose receipt reached the validator is with the backend, once. */
function everyAcknowledgedResultIsThereOnce({ accounts, results }: Evidence): string[] {
  const all = accounts.flatMap(({ acknowledged }) => acknowledged);
  return all
    .filter((id) => results.get(id) !== 1)
    .map((id) => `${id} is there ${results.get(id) ?? 0} times`);
}

/** 2. Every hotkey of every version that was acted on was approved before the version was signed. */
function onlyApprovedHotkeysAreSet(evidence: Evidence): string[] {
  return recorded(evidence).flatMap(({ sent, intent, published }) => {
    if (published === undefined)
      return [`${nameOf(sent)} rests on version ${intent.snapshotVersion}, never published`];
    if (published.vectorHash !== intent.vectorHash) return [`${nameOf(sent)} rests on another vector`];
    const late = published.vector.entries.filter(
      ({ hotkey }) => (evidence.approvals.get(hotkey) ?? Number.POSITIVE_INFINITY) > published.order,
    );
    return late.map(({ hotkey }) => `${nameOf(sent)} pays ${hotkey}, who was not approved`);
  });
}

/** 3. A validator accepts only versions above every one it ever accepted. */
function versionsOnlyGrow({ accounts }: Evidence): string[] {
  return accounts.flatMap(({ hotkey, accepted }) =>
    accepted.flatMap((version, index) =>
      version > (accepted[index - 1] ?? 0)
        ? []
        : [`${hotkey} accepted ${version} after ${accepted[index - 1]}`],
    ),
  );
}

/** 4. At most one weight extrinsic per hotkey and epoch takes effect, on the one subnet it is meant for. */
function oneEffectiveExtrinsicPerEpoch({ sent }: Evidence): string[] {
  const epochs = Map.groupBy(sent, ({ validator, epochIndex }) => `${validator} in epoch ${epochIndex}`);
  const twice = [...epochs].filter(([, all]) => all.length > 1);
  const elsewhere = sent.filter(({ subnet }) => subnet.netuid !== NETUID);
  return [
    ...twice.map(
      ([who, all]) =>
        `${who} set weights ${all.length} times, in blocks ${all.map(({ block }) => block).join(", ")}`,
    ),
    ...elsewhere.map((one) => `${nameOf(one)} is for subnet ${one.subnet.netuid}`),
  ];
}

/** 5. What a validator says it has set is what the chain holds, and that is what the version means, within one unit. */
function theChainShowsWhatIsSaidToBeSet(evidence: Evidence): string[] {
  const meant = recorded(evidence).flatMap((one) =>
    isMeant(one) ? [] : [`${nameOf(one.sent)} is not its version`],
  );
  return [...meant, ...evidence.accounts.flatMap((account) => contradictions(account, evidence))];
}

/** 6. No weight goes to a hotkey that the version does not name, unless its uid changed hands after the row was made. */
function nobodyUnregisteredIsPaid(evidence: Evidence): string[] {
  return recorded(evidence).flatMap(({ sent, intent, published }) => {
    const allowed = [
      sent.subnet.ownerHotkey,
      ...(published?.vector.entries ?? []).map(({ hotkey }) => hotkey),
    ];
    const paid = intent.row.filter(([, weight]) => weight > 0).map(([uid]) => sent.subnet.neurons[uid]);
    const wrong = paid.filter((neuron) => {
      return !neuron || (!allowed.includes(neuron.hotkey) && neuron.registeredAtBlock <= intent.plannedBlock);
    });
    return wrong.map((neuron) => `${nameOf(sent)} pays ${neuron?.hotkey ?? "no uid"}`);
  });
}

/** 7. Every effective extrinsic has its row in the signer's journal, written before it was sent. */
function everyExtrinsicIsInTheJournal({ sent, accounts }: Evidence): string[] {
  const unknown = sent.filter((one) => intentOf(accounts, one)?.signed?.hash !== one.hash);
  return unknown.map((one) => `${nameOf(one)} is not in its validator's journal`);
}

/** 8. No validator is silent for more than three tempos in which nothing kept it from setting weights. */
function nobodyIsSilentForLong({ accounts, falseAlarms }: Evidence): string[] {
  const silent = accounts.filter(({ healthySilence }) => healthySilence > 3 * TEMPO);
  const said = silent.map(
    ({ hotkey, healthySilence }) => `${hotkey} is silent for ${healthySilence} healthy blocks`,
  );
  return [...said, ...falseAlarms];
}

/** 9. Shares sum to exactly one, and the largest weight of a row is exactly 65,535. */
function sharesAreWhole(evidence: Evidence): string[] {
  return recorded(evidence).flatMap(({ sent, intent, published }) => {
    const { entries = [], burn = PPB } = published?.vector ?? {};
    const sum = entries.reduce((total, { share }) => total + share, burn);
    const largest = Math.max(...intent.row.map(([, weight]) => weight));
    return sum === PPB && largest === 65_535
      ? []
      : [`${nameOf(sent)} sums to ${sum}, its largest is ${largest}`];
  });
}

/** 10. Two epochs after the last fault every validator shows the newest version. */
function calmConverges({ shown, accounts, ledger, isCalm }: Evidence): string[] {
  const newest = ledger.get(Math.max(...ledger.keys()));
  if (!isCalm || shown === null || newest === undefined) return [];
  const expected = expectedWeights(newest.vector, shown.subnet);
  const behind = accounts.filter(({ hotkey }) => !isRowOf(rowOf(shown, hotkey), expected));
  return behind.map(
    ({ hotkey }) => `${hotkey} shows ${JSON.stringify(rowOf(shown, hotkey))}, not ${newest.version}`,
  );
}

function recorded({ sent, accounts, ledger }: Evidence): Recorded[] {
  return sent.flatMap((one) => {
    const intent = intentOf(accounts, one);
    return intent === undefined ? [] : [{ sent: one, intent, published: ledger.get(intent.snapshotVersion) }];
  });
}

function intentOf(accounts: readonly Account[], { validator, epochIndex }: Sent): Intent | undefined {
  return accounts.find(({ hotkey }) => hotkey === validator)?.intentOf(epochIndex);
}

/** Whether a row is what its version means on the subnet it was made for. */
function isMeant({ sent, intent, published }: Recorded): boolean {
  if (published === undefined) return false;
  const hasMoved = sent.subnet.neurons.some((one) => one.registeredAtBlock > intent.plannedBlock - 1);
  const isNearEnd = published.validUntil < sent.block + 3 * TEMPO;
  return hasMoved || isNearEnd || isRowOf(intent.row, expectedWeights(published.vector, sent.subnet));
}

/** A confirmed row must be on chain until the next one is; uids that changed hands since are empty there. */
function contradictions(
  { hotkey, lastConfirmed, wasLiedTo }: Account,
  { sent, shown, fromBlock }: Evidence,
): string[] {
  if (shown === null || wasLiedTo || !lastConfirmed?.included) return [];
  const own = sent.filter(({ validator }) => validator === hotkey);
  const last = own.find(({ hash }) => hash === lastConfirmed.signed?.hash);
  if (last === undefined) {
    const isRecent = lastConfirmed.included.block >= fromBlock;
    return isRecent ? [`${hotkey} confirmed ${lastConfirmed.signed?.hash}, which is in no block`] : [];
  }
  const isOverwritten = last.isCommit || own.some(({ block }) => block > last.block);
  const isGone = !shown.subnet.neurons.some(
    (one) => one.hotkey === hotkey && one.registeredAtBlock < last.block,
  );
  if (isOverwritten || isGone || last.block > shown.subnet.at.block) return [];
  const kept = lastConfirmed.row.filter(
    ([uid]) => (shown.subnet.neurons[uid]?.registeredAtBlock ?? 0) < last.block,
  );
  const isShown = isRowOf(rowOf(shown, hotkey), new Map(kept.filter(([, weight]) => weight > 0)));
  return isShown
    ? []
    : [`${hotkey} confirmed ${JSON.stringify(lastConfirmed.row)}, the chain shows another row`];
}

function rowOf({ subnet, rows }: Shown, hotkey: string): WeightRow {
  const uid = subnet.neurons.find((neuron) => neuron.hotkey === hotkey)?.uid;
  return uid === undefined ? [] : (rows[uid] ?? []);
}

function nameOf({ validator, block, epochIndex, call }: Sent): string {
  return `${call} of ${validator} in block ${block}, epoch ${epochIndex},`;
}
