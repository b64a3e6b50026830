import type { OnExpiry } from "@assay/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { LOG } from "../log-messages.ts";
import { writeNote } from "../store/notes.ts";
import { findKeptSnapshot } from "../store/snapshots.ts";
import { winner } from "../testing/authority.ts";
import { rowOnChain, startLife, startSubnet, type TestSubnet, UID } from "../testing/subnet.ts";

let subnet: TestSubnet;

beforeEach(async () => {
  subnet = await startSubnet();
});

afterEach(() => subnet.close());

/** A validator that sends only what it has computed again, and whose backend shows no inputs any more. */
async function refusing(onExpiry: z.infer<typeof OnExpiry>) {
  const inputsOf = () => Promise.reject(new Error("the backend is away"));
  const life = await startLife({ ...subnet, limits: { recompute: { mode: "refuse", inputsOf } } });
  const vector = winner(subnet.first.hotkey);
  life.inbox.put(await subnet.authority.sign({ vector, onExpiry, forged: { validUntil: 39 } }));
  await life.step();
  const { version, vectorHash } = findKeptSnapshot(life.store.db) ?? { version: 0, vectorHash: "" };
  writeNote(life.store.db, "recomputed", { version, vectorHash, problem: null });
  writeNote(life.store.db, "verified", { version, vectorHash });
  return life;
}

test.each([
  ["stop", [], "VALIDATOR_SNAPSHOT_EXPIRED"],
  ["refresh", [[UID.first, 65_535]], undefined],
  ["burn", [[UID.owner, 65_535]], undefined],
] as const)("a verified snapshot that says %s is obeyed past its end", async (onExpiry, row, code) => {
  const life = await refusing(onExpiry);
  await life.stepTo(39);
  expect(await rowOnChain(subnet)).toEqual(row);
  expect(life.told(LOG.weightsHeld)[0]?.["code"]).toBe(code);
  await life.stop();
});

test.each([
  ["stop", [], "VALIDATOR_SNAPSHOT_UNVERIFIED"],
  ["refresh", [[UID.first, 65_535]], undefined],
  ["burn", [], "VALIDATOR_SNAPSHOT_UNVERIFIED"],
] as const)(
  "one that says %s burns nothing past its end while a newer one is only in doubt",
  async (onExpiry, row, code) => {
    const life = await refusing(onExpiry);
    life.inbox.put(await subnet.authority.sign({ version: 2, vector: winner(subnet.second.hotkey) }));
    await life.stepTo(39);
    expect(await rowOnChain(subnet)).toEqual(row);
    expect(life.told(LOG.weightsHeld)[0]?.["code"]).toBe(code);
    await life.stop();
  },
);
