import { expect, test } from "vitest";
import { burnTarget } from "./burn-target.ts";

const neuron = (uid: number, hotkey: string, coldkey: string) => ({ uid, hotkey, coldkey });
const neurons = [
  neuron(0, "miner", "someone"),
  neuron(5, "spare", "owner-cold"),
  neuron(3, "older-spare", "owner-cold"),
  neuron(7, "owner", "owner-cold"),
];

test("the owner's hotkey burns, whatever its uid", () => {
  expect(burnTarget(neurons, { ownerHotkey: "owner", ownerColdkey: "owner-cold" })).toBe(7);
});

test("without it the lowest uid of the owner's coldkey does", () => {
  expect(burnTarget(neurons, { ownerHotkey: "gone", ownerColdkey: "owner-cold" })).toBe(3);
  expect(burnTarget(neurons, { ownerHotkey: null, ownerColdkey: "owner-cold" })).toBe(3);
});

test("uid 0 is nobody's owner by being 0", () => {
  expect(burnTarget(neurons, { ownerHotkey: "gone", ownerColdkey: "gone" })).toBeUndefined();
  expect(burnTarget(neurons, { ownerHotkey: null, ownerColdkey: null })).toBeUndefined();
});
