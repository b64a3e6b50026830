import { afterEach, expect, test, vi } from "vitest";
import { winner } from "../testing/authority.ts";
import { rowOnChain, startLife, startSubnet, type TestSubnet, UID } from "../testing/subnet.ts";

const HOUR_MS = 3_600_000;
const AT = Date.parse("2026-06-01T12:00:00.000Z");

const open: TestSubnet[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const subnet of open.splice(0)) await subnet.close();
});

/** Blocks in which a validator sets weights while the machine's clock is what `clockAt` says at each block. */
async function blocksOfSets(isSealed: boolean, clockAt: (block: number) => number): Promise<number[]> {
  vi.useFakeTimers({ toFake: ["Date"], now: clockAt(0) });
  const subnet = await startSubnet({ commitRevealWeightsEnabled: isSealed });
  open.push(subnet);
  const life = await startLife(subnet);
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  while (subnet.devnet.head().number < 42) {
    vi.setSystemTime(clockAt(subnet.devnet.head().number));
    await life.step();
  }
  expect(await rowOnChain(subnet)).toEqual(isSealed ? [] : [[UID.first, 65_535]]);
  await life.stop();
  return subnet.devnet.extrinsics.map(({ block }) => block);
}

test.each([
  ["open", false],
  ["sealed", true],
])("a clock that jumps an hour to and fro changes nothing about %s weights", async (_, isSealed) => {
  const steady = await blocksOfSets(isSealed, (block) => AT + block * 12_000);
  const jumping = await blocksOfSets(isSealed, (block) => AT + (block % 3) * HOUR_MS - HOUR_MS);
  expect(steady).toHaveLength(1);
  expect(jumping).toEqual(steady);
});
