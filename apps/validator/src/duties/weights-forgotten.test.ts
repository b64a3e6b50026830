import { afterEach, expect, test } from "vitest";
import { LOG } from "../log-messages.ts";
import { findLastConfirmed, listOpenIntents } from "../store/intents.ts";
import { winner } from "../testing/authority.ts";
import {
  type Life,
  NETUID,
  type Overrides,
  rowOnChain,
  skipTo,
  startLife,
  startSubnet,
  TEMPO,
  type TestSubnet,
  UID,
} from "../testing/subnet.ts";

/** Far fewer states than a real node keeps, as epochs are far shorter here. */
const KEPT = 8;

let subnet: TestSubnet;

afterEach(() => subnet.close());

class Crash extends Error {}
const crash = () => Promise.reject(new Crash());

/** One validator that dies in the middle of setting weights, as often as there are ways to die. */
async function dies(ways: readonly Overrides[]): Promise<void> {
  for (const overrides of ways) {
    const life = await startLife(subnet, overrides);
    life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
    await expect(life.stepTo(40)).rejects.toThrow(Crash);
    await life.stop();
  }
}

/** Its next life, once the node has dropped the state of the block that holds what it sent. */
async function nextLife(untilBlock: number, keep = KEPT): Promise<Life> {
  subnet.devnet.fault({ kind: "prune", keep });
  await skipTo(subnet, untilBlock);
  return startLife(subnet);
}

const unwritten: Overrides = { submit: (real) => (extrinsic) => real.submit(extrinsic).then(crash) };
const unread: Overrides = { weights: () => crash, findCommit: () => crash };
const epochs = () => subnet.devnet.extrinsics.map(({ block }) => Math.floor(block / TEMPO));

test.each<[string, boolean, Overrides[]]>([
  ["set and not written down", false, [unwritten]],
  ["set and not read back", false, [unwritten, unread]],
  ["committed and not written down", true, [unwritten]],
  ["committed and not looked for", true, [unwritten, unread]],
])("weights %s are found in newer blocks when the node has dropped theirs", async (_, isSealed, ways) => {
  subnet = await startSubnet({ commitRevealWeightsEnabled: isSealed });
  subnet.devnet.fault({ kind: "rules", netuid: NETUID, revealPeriodEpochs: 2 });
  await dies(ways);
  const life = await nextLife(50);
  await life.stepTo(52);
  const [sent] = subnet.devnet.extrinsics;
  expect(life.told(LOG.weightsConfirmed)).toMatchObject([{ hash: sent?.hash, epochIndex: 0 }]);
  expect(findLastConfirmed(life.store.db, NETUID)?.commit === null).toBe(!isSealed);
  await life.stepTo(92);
  expect(epochs()).toEqual([0, 1]);
  expect(life.told(LOG.strangerSeen)).toEqual([]);
  expect(life.told(LOG.weightsRevealed)).toHaveLength(isSealed ? 1 : 0);
  expect(await rowOnChain(subnet)).toEqual([[UID.first, 65_535]]);
  await life.stop();
});

test("whether weights took effect that nobody can tell any more, their epoch is left alone", async () => {
  subnet = await startSubnet({ weightsVersionKey: 5n });
  await dies([{ ...unwritten, preflight: () => async () => [] }]);
  expect(subnet.devnet.extrinsics.map(({ success }) => success)).toEqual([false]);
  const life = await nextLife(subnet.devnet.head().number + 1, 3);
  const rules = { versionKey: "5" };
  life.inbox.put(await subnet.authority.sign({ version: 2, vector: winner(subnet.second.hotkey), rules }));
  await life.stepTo(39);
  expect(life.told(LOG.weightsRefused)).toMatchObject([
    {
      level: 50,
      code: "VALIDATOR_READ_BACK_DIFFERS",
      problem: expect.stringMatching(/dropped.*last update is 0/),
    },
  ]);
  expect(listOpenIntents(life.store.db, NETUID)).toEqual([]);
  expect(epochs()).toEqual([0]);
  await life.stepTo(79);
  expect(epochs()).toEqual([0, 1]);
  expect(await rowOnChain(subnet)).toEqual([[UID.second, 65_535]]);
  await life.stop();
});
