import { TypeRegistry } from "@polkadot/types/create";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Reader } from "../scale/buffer.ts";
import { eraBirth, eraDeath, readEra } from "./era.ts";

const registry = new TypeRegistry();

test("an immortal era is one zero byte, born at genesis, without end", () => {
  const era = readEra(new Reader(new Uint8Array([0])));
  expect(era).toBe("immortal");
  expect(eraBirth(era, 1_000)).toBe(0);
  expect(eraDeath(era, 1_000)).toBe(Number.POSITIVE_INFINITY);
});

test.each([
  ["a period of two", [0x10, 0x00]],
  ["a phase beyond its period", [0x41, 0x00]],
])("%s is refused", (_name, raw) => {
  expect(() => readEra(new Reader(new Uint8Array(raw)))).toThrow("the era's phase exceeds its period");
});

test("birth and death are those of the client for any period and height", () => {
  const period = fc.constantFrom(4, 8, 64, 128, 4_096, 65_536);
  fc.assert(
    fc.property(
      period,
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.integer({ min: 0, max: 63 }),
      (p, current, later) => {
        const raw = registry.createType("ExtrinsicEra", { current, period: p }).toU8a();
        const theirs = registry.createType("ExtrinsicEra", raw);
        const ours = readEra(new Reader(raw));
        expect(eraBirth(ours, current + later)).toBe(theirs.asMortalEra.birth(current + later));
        expect(eraDeath(ours, current + later)).toBe(theirs.asMortalEra.death(current + later));
      },
    ),
  );
});
