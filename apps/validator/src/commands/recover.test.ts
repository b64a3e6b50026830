import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Chain } from "@assay/chain";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LOG } from "../log-messages.ts";
import { journalPath, openStore } from "../store/open.ts";
import { winner } from "../testing/authority.ts";
import {
  effectiveSets,
  NETUID,
  type Overrides,
  startLife,
  startSubnet,
  type TestSubnet,
} from "../testing/subnet.ts";
import { recover } from "./recover.ts";

let subnet: TestSubnet;
beforeEach(async () => {
  subnet = await startSubnet();
});
afterEach(() => subnet.close());

async function started(overrides: Overrides = {}) {
  const life = await startLife(subnet, overrides);
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  return life;
}

const recoverHere = () =>
  recover({
    folder: subnet.folder,
    chain: subnet.chain,
    hotkey: subnet.validator.hotkey,
    netuid: NETUID,
    mechid: 0,
  });
const epochs = async () => (await effectiveSets(subnet)).map(({ epoch }) => epoch);

function lose(): void {
  rmSync(journalPath(subnet.folder));
}

test("after recovery the present epoch gets no second set, and the next one after it gets one", async () => {
  const life = await started();
  await life.stepTo(38);
  await life.stop();
  expect(await epochs()).toEqual([0]);
  lose();
  expect(await recoverHere()).toMatchObject({ kept: null, nonce: 1, throughEpoch: 0, pendingCommits: 0 });
  const next = await started();
  await next.stepTo(165);
  const found = await epochs();
  expect(found[0]).toBe(0);
  expect(new Set(found).size).toBe(found.length);
  expect(found).toContain(3);
  expect(next.told(LOG.strangerSeen)).toEqual([]);
  await next.stop();
});

test("what the lost journal had sent, and no block held yet, is not doubled in the epoch it comes to lie in", async () => {
  const died = new Error("died");
  const sendAndDie =
    (real: Chain): Chain["submit"] =>
    async (extrinsic) => {
      real.submit(extrinsic).catch(() => undefined);
      await real.finalisedHead();
      throw died;
    };
  const life = await started({ submit: sendAndDie });
  await expect(life.stepTo(40)).rejects.toThrow(died);
  lose();
  await life.stop();
  const { afterBlock } = await recoverHere();
  expect(afterBlock).toBeGreaterThan(subnet.devnet.head().number + 15);
  const next = await started();
  await next.stepTo(165);
  const found = await epochs();
  expect(found[0]).toBe(0);
  expect(new Set(found).size).toBe(found.length);
  expect(next.told(LOG.strangerSeen)).toEqual([]);
  await next.stop();
});

test("a damaged journal is kept under another name", async () => {
  const life = await started();
  await life.step();
  await life.stop();
  writeFileSync(journalPath(subnet.folder), "rubbish ".repeat(1_000));
  const { kept } = await recoverHere();
  expect(readFileSync(kept ?? "", "utf8")).toMatch(/^rubbish/);
  expect(existsSync(join(subnet.folder, "new"))).toBe(false);
  openStore(subnet.folder, { genesis: subnet.chain.genesisHash, hotkey: subnet.validator.hotkey }).close();
});

test("a journal that is whole, or in use, is not replaced", async () => {
  const life = await started();
  await life.step();
  await expect(recoverHere()).rejects.toMatchObject({ code: "VALIDATOR_JOURNAL_LOCKED" });
  await life.stop();
  await expect(recoverHere()).rejects.toMatchObject({ code: "VALIDATOR_JOURNAL_PRESENT" });
});
