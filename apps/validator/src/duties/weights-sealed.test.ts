import { afterEach, beforeEach, expect, test } from "vitest";
import { LOG } from "../log-messages.ts";
import { findLastConfirmed, listSealedIntents } from "../store/intents.ts";
import { winner } from "../testing/authority.ts";
import { type Life, rowOnChain, startLife, startSubnet, type TestSubnet, UID } from "../testing/subnet.ts";

let subnet: TestSubnet;

beforeEach(async () => {
  subnet = await startSubnet({ commitRevealWeightsEnabled: true });
});

afterEach(() => subnet.close());

async function started(): Promise<Life> {
  const life = await startLife(subnet);
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  return life;
}

const sealed = ({ store }: Life) => listSealedIntents(store.db, 1).map(({ epochIndex }) => epochIndex);

test("a commit is followed to its reveal, over a restart", async () => {
  const life = await started();
  await life.stepTo(39);
  expect(sealed(life)).toEqual([0]);
  await life.stop();
  const next = await startLife(subnet);
  await next.stepTo(90);
  expect(next.told(LOG.weightsRevealed)).toMatchObject([
    { epochIndex: 0, snapshotVersion: 1 },
    { epochIndex: 1, snapshotVersion: 1 },
  ]);
  expect(sealed(next)).toEqual([]);
  expect(await rowOnChain(subnet)).toEqual([[UID.first, 65_535]]);
  await next.stop();
});

test("a commit the chain never opens is an alarm, still holds its epoch, and the next epoch goes on", async () => {
  const life = await started();
  await life.stepTo(39);
  subnet.devnet.fault({ kind: "beacon" });
  await life.stepTo(125);
  const [alarm] = life.told(LOG.weightsUnrevealed);
  expect(alarm).toMatchObject({ level: 50, code: "VALIDATOR_NOT_REVEALED", epochIndex: 0 });
  expect(alarm?.["error"]).toMatch(/drand/);
  expect(await rowOnChain(subnet)).toEqual([]);
  expect(subnet.devnet.extrinsics.map(({ block }) => Math.floor(block / 40))).toEqual([0, 1, 2]);
  expect(findLastConfirmed(life.store.db, 1)).toMatchObject({ epochIndex: 2 });
  await life.stop();
});
