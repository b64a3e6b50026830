import type { AuditEntry } from "@assay/core";
import { AUDIT_START, auditHash } from "@assay/db";
import { beforeAll, expect, test } from "vitest";
import { type AuditReport, auditReport, isWhole, type KeptHead } from "./audit-log.ts";

const NETUID = 7;
const AT = "2026-01-01T00:00:00.000Z";

type About = Pick<AuditEntry, "sequence" | "previousHash"> & { target?: string };

async function entryOf({ sequence, previousHash, target = `ban_${sequence}` }: About): Promise<AuditEntry> {
  const what = { actor: "key_1", action: "ban.create", target, reason: "copied", facts: { block: sequence } };
  const hash = await auditHash({ ...what, netuid: NETUID, sequence, at: new Date(AT), previousHash });
  return { ...what, sequence, at: AT, previousHash, hash };
}

/** A log that its owner writes anew from some act on, with hashes that fit. */
async function chainFrom(entries: readonly AuditEntry[], targets: readonly string[]): Promise<AuditEntry[]> {
  const chain = [...entries];
  for (const target of targets) {
    const [sequence, previousHash] = [chain.length + 1, chain.at(-1)?.hash ?? AUDIT_START.head];
    chain.push(await entryOf({ sequence, previousHash, target }));
  }
  return chain;
}

let log: AuditEntry[];
beforeAll(async () => {
  log = await chainFrom([], ["a", "b", "c", "d", "e"]);
});

function act(sequence: number): AuditEntry {
  const entry = log[sequence - 1];
  if (entry === undefined) throw new Error(`there is no act ${sequence}`);
  return entry;
}

const changed = (sequence: number, changes: Partial<AuditEntry>) =>
  log.with(sequence - 1, { ...act(sequence), ...changes });
const reported = (entries: readonly AuditEntry[], kept: readonly KeptHead[] = []): Promise<AuditReport> =>
  auditReport({ netuid: NETUID, entries }, kept);
const headAt = (sequence: number): KeptHead => ({
  sequence,
  hash: sequence === 0 ? AUDIT_START.head : act(sequence).hash,
  from: "you",
});
const verdictOn = async (entries: readonly AuditEntry[], kept: KeptHead) =>
  (await reported(entries, [kept])).heads[0]?.verdict;

test("a log nobody has touched is whole, and every head ever kept of it holds", async () => {
  const report = await reported(log, [0, 1, 3, 5].map(headAt));
  expect(isWhole(report)).toBe(true);
  expect(report).toMatchObject({ acts: 5, head: log[4]?.hash, brokenAt: null });
});

test("an empty log is whole, and has nothing of what was kept", async () => {
  expect(isWhole(await reported([]))).toBe(true);
  expect(await verdictOn([], headAt(1))).toBe("missing");
});

test.each<[string, () => readonly AuditEntry[], number]>([
  ["an edited act", () => changed(3, { actor: "key_2" }), 3],
  ["an edited fact", () => changed(3, { facts: { block: 9 } }), 3],
  ["a removed act", () => log.toSpliced(2, 1), 3],
  ["a removed beginning", () => log.slice(1), 1],
  ["two acts in another order", () => log.with(1, act(3)).with(2, act(2)), 2],
  ["an act put in twice", () => log.toSpliced(2, 0, act(2)), 3],
])("%s is found by the log alone", async (_name, tampered, brokenAt) => {
  const report = await reported(tampered());
  expect([report.brokenAt, isWhole(report)]).toEqual([brokenAt, false]);
});

test("an end that was cut off is found by a head kept of it", async () => {
  const cut = log.slice(0, 3);
  expect(isWhole(await reported(cut))).toBe(true);
  expect(await verdictOn(cut, headAt(3))).toBe("holds");
  expect(await verdictOn(cut, headAt(4))).toBe("missing");
});

test("a log written anew with hashes that fit is found by a head of any act from there on", async () => {
  const anew = await chainFrom(log.slice(0, 2), ["x", "d", "e"]);
  expect((await reported(anew)).brokenAt).toBeNull();
  const verdicts = await Promise.all([1, 2, 3, 4, 5].map((sequence) => verdictOn(anew, headAt(sequence))));
  expect(verdicts).toEqual(["holds", "holds", "differs", "differs", "differs"]);
});

test("a head beyond the first broken act is not believed to hold", async () => {
  const edited = changed(3, { actor: "key_2" });
  expect(await verdictOn(edited, headAt(4))).toBe("missing");
});
