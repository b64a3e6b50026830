import { expect, test } from "vitest";
import { PPB } from "./primitives.ts";
import { CertificateBody, SignedSnapshot, WeightVector } from "./snapshot.ts";

const [alice, bob] = [`5${"A".repeat(47)}`, `5${"B".repeat(47)}`];
const entry = (hotkey: string, share: number) => ({ hotkey, share });
const isVector = (value: unknown) => WeightVector.safeParse(value).success;

test("a vector is shares by hotkey and the burn, together exactly one", () => {
  expect(isVector({ policy: "leaders", entries: [entry(alice, PPB)], burn: 0 })).toBe(true);
  expect(isVector({ policy: "winner", entries: [entry(alice, PPB - 1)], burn: 1 })).toBe(true);
  expect(isVector({ policy: "burn", entries: [], burn: PPB })).toBe(true);
});

test.each([
  ["one part short", { policy: "leaders", entries: [entry(alice, PPB - 1)], burn: 0 }],
  ["one part over", { policy: "leaders", entries: [entry(alice, PPB)], burn: 1 }],
  ["empty without burning", { policy: "leaders", entries: [], burn: 0 }],
  ["empty with an unnamed burn", { policy: "leaders", entries: [], burn: PPB }],
  ["burning by name only", { policy: "burn", entries: [entry(alice, PPB)], burn: 0 }],
  ["a hotkey twice", { policy: "leaders", entries: [entry(alice, PPB / 2), entry(alice, PPB / 2)], burn: 0 }],
  ["a share of zero", { policy: "leaders", entries: [entry(alice, PPB), entry(bob, 0)], burn: 0 }],
  ["a negative share", { policy: "leaders", entries: [entry(alice, PPB + 1), entry(bob, -1)], burn: 0 }],
  ["half a part", { policy: "leaders", entries: [entry(alice, PPB - 0.5)], burn: 0.5 }],
  ["NaN", { policy: "leaders", entries: [entry(alice, Number.NaN)], burn: 0 }],
  ["an unknown policy", { policy: "uniform", entries: [entry(alice, PPB)], burn: 0 }],
  ["a hotkey that is no address", { policy: "leaders", entries: [entry("alice", PPB)], burn: 0 }],
])("%s is no vector", (_name, value) => {
  expect(isVector(value)).toBe(false);
});

test("a certificate names its chain by the full hash", () => {
  const body = {
    scheme: "assay-certificate-v1",
    genesis: `0x${"ab".repeat(32)}`,
    netuid: 7,
    key: alice,
    fromBlock: 0,
    untilBlock: 100,
  };
  expect(CertificateBody.parse(body)).toEqual(body);
  expect(CertificateBody.safeParse({ ...body, genesis: "0xab" }).success).toBe(false);
  expect(CertificateBody.safeParse({ ...body, scheme: "assay-snapshot-v1" }).success).toBe(false);
});

test("a snapshot without certificate does not travel", () => {
  const signed = { version: 1, body: "{}", key: alice, signature: `0x${"ab".repeat(64)}` };
  expect(SignedSnapshot.safeParse(signed).success).toBe(false);
});
