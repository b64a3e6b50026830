import fc from "fast-check";
import { expect, test } from "vitest";
import { PPB } from "../schema/primitives.ts";
import type { WeightVector } from "../schema/snapshot.ts";
import { refusalOf } from "../test/refusal.ts";
import { type ResolveInput, resolveRow } from "./resolve.ts";
import { vectorOf } from "./vector-of.ts";

const neurons = ["owner", "alice", "bob", "carol"].map((hotkey, uid) => ({
  uid,
  hotkey,
  coldkey: `${hotkey}-cold`,
}));
const vectorFor = (amounts: Record<string, bigint>, burn = 0n): WeightVector =>
  vectorOf({ policy: "leaders", amounts: Object.entries(amounts), burn });
const single = (vector: WeightVector, missing: "burn" | "redistribute" = "burn") => ({
  rules: { burn: 0, instances: [{ id: "main", share: PPB, missing }] },
  instances: [{ id: "main", vector }],
});
const resolve = (changes: Partial<ResolveInput>) =>
  resolveRow({
    ...single(vectorFor({ alice: 1n })),
    neurons,
    ownerHotkey: "owner",
    ownerColdkey: "owner-cold",
    previousRow: null,
    minAllowedWeights: 1,
    ...changes,
  });

test("the leader's hotkey becomes its uid of now", () => {
  expect(resolve({})).toEqual({
    kind: "row",
    row: [[1, 65_535]],
    shares: [{ uid: 1, share: PPB }],
    missing: [],
    burnUid: null,
  });
});

test("a hotkey that moved to another slot is paid there, and whoever took the old slot is not", () => {
  const moved = [
    ...neurons.slice(0, 1),
    { uid: 1, hotkey: "stranger", coldkey: "x" },
    { uid: 9, hotkey: "alice", coldkey: "y" },
  ];
  expect(resolve({ neurons: moved, previousRow: [[1, 65_535]] })).toMatchObject({
    row: [
      [1, 0],
      [9, 65_535],
    ],
  });
});

test("a missing hotkey burns its share on the owner and is reported", () => {
  const vector = vectorFor({ alice: 3n, gone: 1n });
  expect(resolve(single(vector))).toMatchObject({
    shares: [
      { uid: 0, share: 250_000_000 },
      { uid: 1, share: 750_000_000 },
    ],
    row: [
      [0, 21_845],
      [1, 65_535],
    ],
    missing: ["gone"],
    burnUid: 0,
  });
});

test("or leaves it to the others, if the instance says so", () => {
  const vector = vectorFor({ alice: 1n, bob: 1n, gone: 2n });
  expect(resolve(single(vector, "redistribute"))).toMatchObject({
    row: [
      [1, 65_535],
      [2, 65_535],
    ],
    missing: ["gone"],
    burnUid: null,
  });
});

test("each instance's own policy governs its own missing hotkeys", () => {
  const instances = [
    { id: "a", share: 500_000_000, missing: "burn" as const },
    { id: "b", share: 500_000_000, missing: "redistribute" as const },
  ];
  const vector = vectorFor({ alice: 1n, gone: 1n });
  const input = { rules: { burn: 0, instances }, instances: ["a", "b"].map((id) => ({ id, vector })) };
  expect(resolve(input)).toMatchObject({
    shares: [
      { uid: 0, share: 250_000_000 },
      { uid: 1, share: 750_000_000 },
    ],
    missing: ["gone"],
  });
});

test("an owner that leads is paid and burns on one uid", () => {
  expect(resolve(single(vectorFor({ owner: 1n, alice: 1n }, 2n)))).toMatchObject({
    shares: [
      { uid: 0, share: 750_000_000 },
      { uid: 1, share: 250_000_000 },
    ],
  });
});

test("nobody leading is one entry: the owner", () => {
  const vector: WeightVector = { policy: "burn", entries: [], burn: PPB };
  expect(resolve(single(vector))).toMatchObject({ row: [[0, 65_535]], burnUid: 0 });
});

test("without a uid of the owner a vector that burns is held, one that does not is sent", () => {
  const owner = { ownerHotkey: "gone", ownerColdkey: "gone" };
  expect(resolve({ ...owner, ...single(vectorFor({ alice: 9n }, 1n)) })).toEqual({
    kind: "hold",
    code: "NO_BURN_TARGET",
    reason: "10 % must burn, but neither the owner's hotkey nor another of its coldkey is registered.",
  });
  expect(resolve({ ...owner }).kind).toBe("row");
});

test("an instance without any valid vector holds the subnet", () => {
  expect(resolve({ instances: [] })).toEqual({
    kind: "hold",
    code: "INSTANCE_UNKNOWN",
    reason: "There is no valid vector yet for main.",
  });
});

test("an instance that decides nothing holds nobody", () => {
  const { rules, instances } = single(vectorFor({ alice: 1n }));
  const later = { id: "later", share: 0, missing: "burn" as const };
  const withLater = { ...rules, instances: [...rules.instances, later] };
  expect(resolve({ rules: withLater, instances })).toMatchObject({ row: [[1, 65_535]] });
});

test("contradictions are refused by code", () => {
  const twice = [...neurons, { uid: 8, hotkey: "alice", coldkey: "x" }];
  const extra = [
    ...single(vectorFor({ alice: 1n })).instances,
    { id: "other", vector: vectorFor({ bob: 1n }) },
  ];
  expect(refusalOf(() => resolve({ neurons: twice }))).toBe("CORE_DUPLICATE");
  expect(refusalOf(() => resolve({ instances: extra }))).toBe("CORE_INSTANCE_MISMATCH");
});

test("whatever is missing, shares sum to exactly one and only registered uids are paid", () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
  const registered = fc.subarray(neurons.slice(1));
  const missing = fc.constantFrom("burn" as const, "redistribute" as const);
  fc.assert(
    fc.property(
      fc.tuple(amount, amount, amount, amount),
      registered,
      missing,
      ([a, b, c, burn], some, policy) => {
        const present = [...neurons.slice(0, 1), ...some];
        const resolved = resolve({
          ...single(vectorFor({ alice: a, bob: b, carol: c }, burn), policy),
          neurons: present,
        });
        if (resolved.kind !== "row") throw new Error(resolved.reason);
        expect(resolved.shares.reduce((sum, { share }) => sum + share, 0)).toBe(PPB);
        const uids = new Set(present.map(({ uid }) => uid));
        expect(resolved.row.every(([uid]) => uids.has(uid))).toBe(true);
        expect(Math.max(...resolved.row.map(([, value]) => value))).toBe(65_535);
      },
    ),
  );
});

test("neither the order of the neurons nor of the instances matters", () => {
  const rules = {
    burn: 0,
    instances: [
      { id: "a", share: 300_000_000, missing: "burn" as const },
      { id: "b", share: 700_000_000, missing: "burn" as const },
    ],
  };
  const instances = [
    { id: "a", vector: vectorFor({ alice: 1n, bob: 2n }) },
    { id: "b", vector: vectorFor({ bob: 1n, gone: 2n }) },
  ];
  const turned = { rules, instances: instances.toReversed(), neurons: neurons.toReversed() };
  expect(resolve(turned)).toEqual(resolve({ rules, instances }));
});
