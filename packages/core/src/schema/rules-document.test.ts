import { expect, test } from "vitest";
import { PPB } from "./primitives.ts";
import { RulesDocument } from "./rules-document.ts";

const instance = (id: string, share: number) => ({ id, mechanism: "competition", share });
const rules = {
  scheme: "assay-rules-v1",
  netuid: 7,
  mechid: 0,
  fromBlock: 0,
  versionKey: "18446744073709551615",
  minValidatorVersion: "0.1.0",
  burn: 0,
  instances: [instance("agents", PPB)],
};
const isValid = (changes: object) => RulesDocument.safeParse({ ...rules, ...changes }).success;

test("an instance is hardened, burns what is missing and redistributes what is un-led, unless it says otherwise", () => {
  expect(RulesDocument.parse(rules).instances).toEqual([
    { ...instance("agents", PPB), preset: "assay", missing: "burn", unled: "redistribute" },
  ]);
});

test("shares of the instances sum to one, whatever burns", () => {
  const half = PPB / 2;
  expect(isValid({ burn: PPB, instances: [instance("a", half), instance("b", half)] })).toBe(true);
  expect(isValid({ instances: [instance("a", half), instance("b", half - 1)] })).toBe(false);
  expect(isValid({ instances: [instance("a", half), instance("b", half + 1)] })).toBe(false);
});

test("two instances never share an id", () => {
  expect(isValid({ instances: [instance("a", PPB / 2), instance("a", PPB / 2)] })).toBe(false);
});

test.each([
  ["another scheme", { scheme: "assay-rules-v2" }],
  ["no instance", { instances: [] }],
  ["an unknown mechanism", { instances: [{ ...instance("a", PPB), mechanism: "lottery" }] }],
  ["an unknown policy", { instances: [{ ...instance("a", PPB), missing: "keep" }] }],
  ["an id in capitals", { instances: [instance("Agents", PPB)] }],
  ["a burn above one", { burn: PPB + 1 }],
  ["a burn that is no number", { burn: Number.NaN }],
  ["a version key with a sign", { versionKey: "-1" }],
  ["a version that is none", { minValidatorVersion: "latest" }],
])("%s is refused", (_name, changes) => {
  expect(isValid(changes)).toBe(false);
});
