import { expect, test } from "vitest";
import { PPB } from "../schema/primitives.ts";
import type { WeightVector } from "../schema/snapshot.ts";
import { withoutMissing } from "./missing.ts";

const vector: WeightVector = {
  policy: "leaders",
  entries: [
    { hotkey: "alice", share: 200_000_000 },
    { hotkey: "bob", share: 400_000_000 },
    { hotkey: "carol", share: 300_000_000 },
  ],
  burn: 100_000_000,
};
const isRegistered = (...names: string[]) => {
  const registered = new Set(names);
  return (hotkey: string) => registered.has(hotkey);
};

test("with everybody registered nothing changes", () => {
  const all = isRegistered("alice", "bob", "carol");
  expect(withoutMissing(vector, { isRegistered: all, missing: "burn" })).toEqual(vector);
  expect(withoutMissing(vector, { isRegistered: all, missing: "redistribute" })).toEqual(vector);
});

test("burn adds the missing share to what burns", () => {
  expect(withoutMissing(vector, { isRegistered: isRegistered("alice", "bob"), missing: "burn" })).toEqual({
    policy: "leaders",
    entries: [
      { hotkey: "alice", share: 200_000_000 },
      { hotkey: "bob", share: 400_000_000 },
    ],
    burn: 400_000_000,
  });
});

test("redistribute gives it to those that are left, in proportion, and burns no more", () => {
  const left = isRegistered("alice", "bob");
  expect(withoutMissing(vector, { isRegistered: left, missing: "redistribute" })).toEqual({
    policy: "leaders",
    entries: [
      { hotkey: "alice", share: 300_000_000 },
      { hotkey: "bob", share: 600_000_000 },
    ],
    burn: 100_000_000,
  });
});

test.each(["burn", "redistribute"] as const)("with %s, nobody left means everything burns", (missing) => {
  expect(withoutMissing(vector, { isRegistered: isRegistered(), missing })).toEqual({
    policy: "burn",
    entries: [],
    burn: PPB,
  });
});
