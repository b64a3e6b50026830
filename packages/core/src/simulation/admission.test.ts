import { expect, test } from "vitest";
import { admissionOf } from "./admission.ts";
import { honestMiner } from "./strategies/honest-miner.ts";
import { miner, subnetConfig } from "./test/subnets.ts";

const three = ["a", "b", "c"].map((hotkey) => miner(hotkey, honestMiner({ quality: 0.5 })));
const artefact = (content: string, quality = 0.5) => ({ content, quality });
const NONE = Number.NaN;

test("bytes belong to the miner listed first", () => {
  const admit = admissionOf(subnetConfig({ miners: three }));
  expect([...admit([artefact("x"), artefact("x"), artefact("y", 0.7)])]).toEqual([0.5, NONE, 0.7]);
});

test("bytes belong to whoever had them in an earlier epoch, also after a change", () => {
  const admit = admissionOf(subnetConfig({ miners: three }));
  admit([artefact("x"), artefact("y"), artefact("z")]);
  expect([...admit([artefact("y"), artefact("new"), artefact("z")])]).toEqual([NONE, 0.5, 0.5]);
  expect([...admit([artefact("x"), artefact("x"), artefact("z")])]).toEqual([0.5, NONE, 0.5]);
});

test("one coldkey has one place, its first miner's", () => {
  const miners = three.map((each, k) => ({ ...each, coldkey: k === 0 ? "own" : "shared" }));
  const artefacts = [artefact("x"), artefact("y"), artefact("z")];
  expect([...admissionOf(subnetConfig({ miners }))(artefacts)]).toEqual([0.5, 0.5, NONE]);
  const open = admissionOf(subnetConfig({ miners, admission: { siblings: true } }));
  expect([...open(artefacts)]).toEqual([0.5, 0.5, 0.5]);
});

test("copies compete where they are allowed", () => {
  const admit = admissionOf(subnetConfig({ miners: three, admission: { copies: true } }));
  expect([...admit([artefact("x"), artefact("x"), artefact("x")])]).toEqual([0.5, 0.5, 0.5]);
});

test("nothing new, nothing judged again", () => {
  const admit = admissionOf(subnetConfig({ miners: three }));
  const same = [artefact("x"), artefact("y"), artefact("z")];
  expect(admit(same)).toBe(admit([...same]));
});
