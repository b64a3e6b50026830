import fc from "fast-check";
import { expect, test } from "vitest";
import { subtensor } from "../runtime/runtime.ts";
import { entries, keyOf, read, remove, write } from "./access.ts";
import { Overlay, stateAt } from "./overlay.ts";
import { Store } from "./store.ts";

const bytes = (...values: number[]) => new Uint8Array(values);
const { storage } = subtensor;
const empty = () => new Overlay({ get: () => undefined, keys: () => [] });

test("every block keeps its own view of a key", () => {
  const store = new Store();
  store.commit(0, new Map([["0xaa", bytes(1)]]));
  store.commit(3, new Map([["0xaa", bytes(2)]]));
  store.commit(5, new Map([["0xaa", undefined]]));
  const seen = [0, 1, 2, 3, 4, 5, 6].map((block) => store.get("0xaa", block)?.[0]);
  expect(seen).toEqual([1, 1, 1, 2, 2, undefined, undefined]);
  expect(store.get("0xbb", 9)).toBeUndefined();
});

test("keys are listed in order under a prefix, from a start, as of a block", () => {
  const store = new Store();
  store.commit(
    0,
    new Map([
      ["0xa3", bytes(1)],
      ["0xa1", bytes(1)],
      ["0xb0", bytes(1)],
    ]),
  );
  store.commit(
    1,
    new Map([
      ["0xa2", bytes(1)],
      ["0xa1", undefined],
    ]),
  );
  expect([...store.keys("0xa", 0)]).toEqual(["0xa1", "0xa3"]);
  expect([...store.keys("0xa", 1)]).toEqual(["0xa2", "0xa3"]);
  expect([...store.keys("0xa", 1, "0xa2")]).toEqual(["0xa3"]);
  expect([...store.keys("0x", 1)]).toEqual(["0xa2", "0xa3", "0xb0"]);
});

test("a store answers as a plain map per block would", () => {
  const change = fc.tuple(
    fc.constantFrom("0x0a", "0x0b", "0x1a"),
    fc.option(fc.integer({ min: 0, max: 255 })),
  );
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 12 }), (blocks) => {
      const store = new Store();
      const model: Map<string, number>[] = [];
      blocks.forEach((changes, block) => {
        const next = new Map(model.at(-1));
        for (const [key, value] of changes) {
          if (value === null) next.delete(key);
          else next.set(key, value);
        }
        model.push(next);
        store.commit(
          block,
          new Map(changes.map(([key, value]) => [key, value === null ? undefined : bytes(value)])),
        );
      });
      model.forEach((expected, block) => {
        expect([...store.keys("0x", block)]).toEqual([...expected.keys()].sort());
        for (const [key, value] of expected) expect(store.get(key, block)).toEqual(bytes(value));
      });
    }),
  );
});

test("an overlay hides its changes from what lies under it", () => {
  const store = new Store();
  store.commit(
    0,
    new Map([
      ["0x01", bytes(1)],
      ["0x02", bytes(2)],
    ]),
  );
  const overlay = new Overlay(stateAt(store, 0));
  overlay.set("0x01", undefined);
  overlay.set("0x03", bytes(3));
  expect(overlay.get("0x01")).toBeUndefined();
  expect([...overlay.keys("0x")]).toEqual(["0x02", "0x03"]);
  expect(store.get("0x01", 0)).toEqual(bytes(1));
  expect([...overlay.changes.keys()]).toEqual(["0x01", "0x03"]);
});

test("a missing entry reads as its default, a removed one again", () => {
  const state = empty();
  expect(read(state, storage.Tempo, 1)).toBe(360);
  expect(read(state, storage.FirstEmissionBlockNumber, 1)).toBeUndefined();
  write(state, storage.Tempo, [1, 40]);
  expect(read(state, storage.Tempo, 1)).toBe(40);
  remove(state, storage.Tempo, 1);
  expect(read(state, storage.Tempo, 1)).toBe(360);
});

test("keys of a map are read back from behind their hashes", () => {
  const state = empty();
  const [a, b] = [`0x${"0a".repeat(32)}`, `0x${"0b".repeat(32)}`];
  write(state, storage.Uids, [1, a, 4]);
  write(state, storage.Uids, [2, b, 5]);
  expect([...entries(state, storage.Uids)]).toEqual([
    [[1, a], 4],
    [[2, b], 5],
  ]);
  expect(keyOf(storage.Tempo, [258])).toBe(`${storage.Tempo.prefix}0201`);
});
