import { expect, test } from "vitest";
import { canonicalJson } from "../canonical/canonical-json.ts";
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

test("a subnet may mix all four mechanisms, each with its own parameters", () => {
  const quarter = PPB / 4;
  const instances = [
    instance("agents", quarter),
    { id: "robots", mechanism: "tournament", share: quarter, prizes: "podium" },
    { id: "media", mechanism: "challenge", share: quarter, emptyType: "redistribute" },
    { id: "skills", mechanism: "subsets", share: quarter, environments: ["reach", "push"] },
  ];
  const [agents, robots, media, skills] = RulesDocument.parse({ ...rules, instances }).instances;
  expect(agents).toMatchObject({ mechanism: "competition", unled: "redistribute" });
  expect(robots).toMatchObject({ mechanism: "tournament", missing: "burn", prizes: "podium", owed: false });
  expect(media).toMatchObject({
    mechanism: "challenge",
    preset: "assay",
    emptyType: "redistribute",
    sampleSize: 50,
  });
  expect(skills).toMatchObject({ mechanism: "subsets", environments: ["reach", "push"], holes: "burn" });
});

test("parameters of another mechanism are none of an instance's", () => {
  const [agents] = RulesDocument.parse({
    ...rules,
    instances: [{ ...instance("agents", PPB), prizes: "podium", sampleSize: 3 }],
  }).instances;
  expect(Object.keys(agents ?? {}).toSorted()).toEqual([
    "id",
    "mechanism",
    "missing",
    "preset",
    "share",
    "unled",
  ]);
});

test("a parsed document is its own canonical reading", () => {
  const instances = [{ id: "media", mechanism: "challenge", share: PPB }];
  const once = RulesDocument.parse({ ...rules, instances });
  expect(RulesDocument.parse(JSON.parse(canonicalJson(once)))).toEqual(once);
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
  ["a parameter out of range", { instances: [{ id: "m", mechanism: "challenge", share: PPB, alpha: 0 }] }],
  ["subsets of nothing", { instances: [{ id: "s", mechanism: "subsets", share: PPB }] }],
  ["an unknown policy", { instances: [{ ...instance("a", PPB), missing: "keep" }] }],
  ["an id in capitals", { instances: [instance("Agents", PPB)] }],
  ["a burn above one", { burn: PPB + 1 }],
  ["a burn that is no number", { burn: Number.NaN }],
  ["a version key with a sign", { versionKey: "-1" }],
  ["a version that is none", { minValidatorVersion: "latest" }],
])("%s is refused", (_name, changes) => {
  expect(isValid(changes)).toBe(false);
});
