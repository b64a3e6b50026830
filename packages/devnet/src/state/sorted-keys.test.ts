import fc from "fast-check";
import { expect, test } from "vitest";
import { SortedKeys } from "./sorted-keys.ts";

/** Keys as chains have them: few items, many entries, and some that are shorter than an item's prefix. */
const key = fc
  .tuple(fc.constantFrom("a", "b", "ab"), fc.constantFrom(3, 31, 32, 33), fc.nat(40))
  .map(([letter, length, entry]) => `0x${letter.repeat(length)}${entry}`);

test("answers like a sorted list, whenever and however it is asked", () => {
  const steps = fc.array(fc.record({ key, prefix: key, cut: fc.nat(70), start: fc.option(key) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(steps, (asked) => {
      const keys = new SortedKeys();
      const all = new Set<string>();
      for (const { key: added, prefix: whole, cut, start } of asked) {
        if (!all.has(added)) keys.add(added);
        all.add(added);
        const prefix = whole.slice(0, cut);
        const after = start ?? "";
        const expected = [...all]
          .sort()
          .filter((one) => one.startsWith(prefix) && (after <= prefix || one > after));
        expect([...keys.under(prefix, after)]).toEqual(expected.filter((one) => one !== after));
      }
    }),
  );
});

test("a key that is added while the list is read does not disturb it", () => {
  const keys = new SortedKeys();
  for (const entry of ["1", "3"]) keys.add(`0x${"a".repeat(64)}${entry}`);
  const reading = keys.under("0x");
  const first = reading.next().value;
  keys.add(`0x${"a".repeat(64)}0`);
  expect([first, ...reading].map((one) => String(one).at(-1))).toEqual(["1", "3"]);
  expect([...keys.under("0x")]).toHaveLength(3);
});
