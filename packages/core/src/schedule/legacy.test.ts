import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { legacyBlocksUntilEpoch } from "./legacy.ts";

test.each([
  [{ block: 0, netuid: 0, tempo: 360 }, 359],
  [{ block: 359, netuid: 0, tempo: 360 }, 0],
  [{ block: 360, netuid: 0, tempo: 360 }, 360],
  [{ block: 1000, netuid: 34, tempo: 99 }, 64],
])("%o has %i blocks to go", (at, blocks) => {
  expect(legacyBlocksUntilEpoch(at)).toBe(blocks);
});

test("without tempo there is no epoch", () => {
  expect(legacyBlocksUntilEpoch({ block: 5, netuid: 1, tempo: 0 })).toBeNull();
});

test("epochs come tempo + 1 blocks apart, and every block counts down by one", () => {
  const subnet = fc.record({
    block: fc.nat(),
    netuid: fc.nat({ max: 65_535 }),
    tempo: fc.integer({ min: 1, max: 9999 }),
  });
  fc.assert(
    fc.property(subnet, (at) => {
      const now = legacyBlocksUntilEpoch(at) ?? -1;
      const next = legacyBlocksUntilEpoch({ ...at, block: at.block + 1 });
      expect(next).toBe(now === 0 ? at.tempo : now - 1);
    }),
  );
});

test.each([{ block: -1 }, { netuid: 0.5 }, { tempo: Number.NaN }])("%o is refused", (wrong) => {
  const at = { block: 1, netuid: 1, tempo: 1, ...wrong };
  expect(refusalOf(() => legacyBlocksUntilEpoch(at))).toBe("CORE_OUT_OF_RANGE");
});
