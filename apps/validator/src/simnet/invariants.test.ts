import type { Metagraph, Neuron } from "@assay/chain";
import { PPB } from "@assay/core";
import { expect, test } from "vitest";
import type { Intent } from "../store/intent.ts";
import { aKeptSnapshot, anIntentPlan } from "../testing/journal-rows.ts";
import type { Published } from "./backend.ts";
import { type Account, type Evidence, INVARIANTS } from "./invariants.ts";
import type { Sent, Shown } from "./witness.ts";

const AT = { block: 40, hash: "0xhead" };

function neuron(uid: number, about: Partial<Neuron> = {}): Neuron {
  const scores = { stakeWeight: 0, consensus: 0, incentive: 0, dividends: 0, validatorTrust: 0 };
  const amounts = { stakeRao: 0n, emissionRao: 0n, registeredAtBlock: 0, lastUpdate: 0 };
  const names = { hotkey: ["owner", "validator", "miner", "other"][uid] ?? "", coldkey: "" };
  return { uid, active: true, validatorPermit: true, ...scores, ...amounts, ...names, ...about };
}

const subnet: Metagraph = {
  netuid: 1,
  mechid: 0,
  at: AT,
  tempo: 40,
  ownerHotkey: "owner",
  ownerColdkey: "",
  neurons: [neuron(0), neuron(1), neuron(2), neuron(3)],
};

const sent: Sent = {
  hash: "0xsent",
  validator: "validator",
  block: 33,
  blockHash: "0xblock",
  call: "SubtensorModule.set_weights",
  isCommit: false,
  epochIndex: 0,
  subnet,
};

const signed = { hash: "0xsent", hex: "0x", nonce: 0, eraEnd: 46, fromBlock: 31 };
const intent: Intent = {
  ...anIntentPlan({ epochIndex: 0, row: [[2, 65_535]], plannedBlock: 31 }),
  id: 1,
  attempt: 1,
  state: "confirmed",
  signed,
  included: { block: 33, hash: "0xblock", epochIndex: 0 },
  confirmedBlock: 34,
  commit: null,
  revealedBlock: null,
  problem: null,
};

const published: Published = {
  version: 1,
  vectorHash: intent.vectorHash,
  vector: { policy: "leaders", entries: [{ hotkey: "miner", share: PPB }], burn: 0 },
  onExpiry: "stop",
  validUntil: 9_000,
  order: 2,
  signed: aKeptSnapshot(1).signed,
};

const account: Account = {
  hotkey: "validator",
  intentOf: (epochIndex) => (epochIndex === 0 ? intent : undefined),
  lastConfirmed: intent,
  accepted: [1],
  healthySilence: 120,
  wasLiedTo: false,
  acknowledged: ["a result"],
};

const shown: Shown = { subnet, rows: [[], [[2, 65_535]], [], []] };

/** What holds, but for what a test says. */
function evidence(about: Partial<Evidence>): Evidence {
  return {
    sent: [sent],
    fromBlock: 0,
    accounts: [account],
    ledger: new Map([[1, published]]),
    approvals: new Map([["miner", 1]]),
    results: new Map([["a result", 1]]),
    falseAlarms: [],
    shown,
    isCalm: true,
    ...about,
  };
}

const violated = (about: Partial<Evidence>): string[] =>
  Object.entries(INVARIANTS).flatMap(([name, holds]) => (holds(evidence(about)).length > 0 ? [name] : []));

test("nothing contradicts a subnet in order, and there are ten invariants", () => {
  expect(violated({})).toEqual([]);
  expect(Object.keys(INVARIANTS)).toHaveLength(10);
});

const another = { ...sent, hash: "0xsecond", block: 36 };
const moved = { ...subnet, neurons: [neuron(0), neuron(1), neuron(2, { hotkey: "thief" }), neuron(3)] };
const elsewhere: Shown = { subnet, rows: [[], [[3, 65_535]], [], []] };
const half = {
  ...published,
  vector: { ...published.vector, entries: [{ hotkey: "miner", share: PPB / 2 }] },
};

const CONTRADICTIONS: readonly [name: keyof typeof INVARIANTS, what: string, about: Partial<Evidence>][] = [
  ["everyAcknowledgedResultIsThereOnce", "a receipt without a result", { results: new Map() }],
  ["everyAcknowledgedResultIsThereOnce", "a result counted twice", { results: new Map([["a result", 2]]) }],
  ["onlyApprovedHotkeysAreSet", "nobody approved the miner", { approvals: new Map() }],
  ["onlyApprovedHotkeysAreSet", "approval came after signing", { approvals: new Map([["miner", 3]]) }],
  ["onlyApprovedHotkeysAreSet", "a version never published", { ledger: new Map([[2, published]]) }],
  [
    "onlyApprovedHotkeysAreSet",
    "other content",
    { ledger: new Map([[1, { ...published, vectorHash: "" }]]) },
  ],
  ["versionsOnlyGrow", "an older version", { accounts: [{ ...account, accepted: [3, 2] }] }],
  ["versionsOnlyGrow", "the same version", { accounts: [{ ...account, accepted: [3, 3] }] }],
  ["oneEffectiveExtrinsicPerEpoch", "a second extrinsic", { sent: [sent, another] }],
  ["theChainShowsWhatIsSaidToBeSet", "another row on chain", { shown: elsewhere, isCalm: false }],
  ["theChainShowsWhatIsSaidToBeSet", "a confirmed extrinsic in no block", { sent: [] }],
  ["nobodyUnregisteredIsPaid", "the uid was somebody else's", { sent: [{ ...sent, subnet: moved }] }],
  [
    "everyExtrinsicIsInTheJournal",
    "an extrinsic nobody wrote down",
    { sent: [sent, { ...another, epochIndex: 7 }] },
  ],
  ["nobodyIsSilentForLong", "three tempos and a block", { accounts: [{ ...account, healthySilence: 121 }] }],
  ["nobodyIsSilentForLong", "a false alarm", { falseAlarms: ["alarm"] }],
  ["sharesAreWhole", "half a vector", { ledger: new Map([[1, half]]) }],
  ["calmConverges", "an old row after the calm", { shown: elsewhere }],
];

test.each(CONTRADICTIONS)("%s is contradicted by %s", (name, _what, about) => {
  expect(violated(about)).toContain(name);
});

test("a uid that changed hands after the row was made is nobody's fault", () => {
  const late = neuron(2, { hotkey: "thief", registeredAtBlock: 32 });
  const raced = { ...subnet, neurons: [neuron(0), neuron(1), late, neuron(3)] };
  expect(violated({ sent: [{ ...sent, subnet: raced }], isCalm: false })).toEqual([]);
});

test("who was told of a final block that was none may be wrong about it", () => {
  expect(violated({ sent: [], accounts: [{ ...account, wasLiedTo: true }] })).toEqual([]);
});
