import type { Chain } from "@assay/chain";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LOG } from "../log-messages.ts";
import { findLastConfirmed, listOpenIntents } from "../store/intents.ts";
import { winner } from "../testing/authority.ts";
import {
  effectiveSets,
  type Life,
  type Overrides,
  rowOnChain,
  startLife,
  startSubnet,
  type TestSubnet,
  UID,
} from "../testing/subnet.ts";

let subnet: TestSubnet;

beforeEach(async () => {
  subnet = await startSubnet();
});

afterEach(() => subnet.close());

class Crash extends Error {}
const crash = () => Promise.reject(new Crash());

/** Where the process dies: what the chain did before it is real, what would come after never happens. */
const DEATHS: Record<string, { overrides: Overrides; state: string }> = {
  "planned, nothing signed": { overrides: { signSetWeights: () => crash }, state: "planned" },
  "signed, the signature not written down": {
    overrides: { signSetWeights: (real) => (request) => real.signSetWeights(request).then(crash) },
    state: "planned",
  },
  "signed and written down, nothing sent": { overrides: { submit: () => crash }, state: "signed" },
  "sent, not included yet": { overrides: { submit: sendAndDie }, state: "signed" },
  "included and confirmed, not written down": {
    overrides: { submit: (real) => (extrinsic) => real.submit(extrinsic).then(crash) },
    state: "signed",
  },
};

/** Sends and dies as soon as the node has it, which it has once a later request was answered. */
function sendAndDie(real: Chain): Chain["submit"] {
  return async (extrinsic) => {
    real.submit(extrinsic).catch(() => undefined);
    await real.finalisedHead();
    throw new Crash();
  };
}

async function dieWith(overrides: Overrides): Promise<void> {
  const life = await startLife(subnet, overrides);
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  await expect(life.stepTo(40)).rejects.toThrow(Crash);
  expect(subnet.devnet.head().number).toBeLessThan(39);
  await life.stop();
}

function openStates({ store }: Life): string[] {
  return listOpenIntents(store.db, 1).map(({ state }) => state);
}

test.each(Object.keys(DEATHS))(
  "after a death when weights were %s exactly one extrinsic takes effect",
  async (when) => {
    const { overrides, state } = DEATHS[when] ?? { overrides: {}, state: "" };
    await dieWith(overrides);
    const life = await startLife(subnet);
    expect(openStates(life)).toEqual([state]);
    await life.stepTo(45);
    expect((await effectiveSets(subnet)).map(({ epoch }) => epoch)).toEqual([0]);
    expect(await rowOnChain(subnet)).toEqual([[UID.first, 65_535]]);
    expect(findLastConfirmed(life.store.db, 1)).toMatchObject({ epochIndex: 0, snapshotVersion: 1 });
    await life.stepTo(80);
    expect((await effectiveSets(subnet)).map(({ epoch }) => epoch)).toEqual([0, 1]);
    await life.stop();
  },
);

test("after a death before read-back the next life reads back and sends nothing", async () => {
  await dieWith({ submit: (real) => (extrinsic) => real.submit(extrinsic).then(crash) });
  const second = await startLife(subnet, { weights: () => crash });
  await expect(second.step()).rejects.toThrow(Crash);
  expect(openStates(second)).toEqual(["included"]);
  await second.stop();
  const third = await startLife(subnet);
  await third.step();
  expect(openStates(third)).toEqual([]);
  expect(third.told(LOG.weightsConfirmed)).toHaveLength(1);
  await third.stepTo(45);
  expect(await effectiveSets(subnet)).toHaveLength(1);
  await third.stop();
});

test("signed bytes that a newer snapshot has overtaken are left to die, and then the newer one is set", async () => {
  await dieWith({ submit: () => crash });
  const life = await startLife(subnet);
  life.inbox.put(await subnet.authority.sign({ version: 2, vector: winner(subnet.second.hotkey) }));
  await life.stepTo(70);
  expect(await effectiveSets(subnet)).toEqual([]);
  expect(life.told(LOG.weightsExpired)).toHaveLength(1);
  await life.stepTo(80);
  expect((await effectiveSets(subnet)).map(({ epoch }) => epoch)).toEqual([1]);
  expect(await rowOnChain(subnet)).toEqual([[UID.second, 65_535]]);
  await life.stop();
});

test("an extrinsic that is lost on its way is dead before another is signed", async () => {
  const lost: Overrides = { submit: () => async () => ({ kind: "unknown", reason: "no answer" }) };
  const life = await startLife(subnet, lost);
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  await life.stepTo(60);
  expect(life.told(LOG.weightsSigned)).toHaveLength(1);
  expect(life.told(LOG.weightsExpired)).toHaveLength(1);
  await life.stop();
  const next = await startLife(subnet);
  await next.stepTo(80);
  expect((await effectiveSets(subnet)).map(({ epoch }) => epoch)).toEqual([1]);
  await next.stop();
});
