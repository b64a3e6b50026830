import fc from "fast-check";
import { expect, test } from "vitest";
import { Seen } from "./seen.ts";
import { snapshot } from "./testing/records.ts";

const other = (version: number) => ({ ...snapshot(version), body: `{"version":${version},"forged":true}` });

test("what is newer is new once, what is older never", () => {
  const seen = new Seen(2);
  expect([3, 3, 2, 1, 4].map((version) => seen.take(snapshot(version)))).toEqual([
    "new",
    "known",
    "known",
    "known",
    "new",
  ]);
  expect(seen.newest).toBe(4);
});

test("another text under the same version is a conflict, also of one from before and of an older one", () => {
  const seen = new Seen(2);
  for (const version of [3, 2]) seen.take(snapshot(version));
  for (const version of [3, 2]) {
    const conflict = { version, first: snapshot(version), other: other(version) };
    expect(seen.take(other(version))).toEqual(conflict);
    expect(seen.take(other(version))).toEqual(conflict);
  }
});

test("the same text with another signature is none", () => {
  const seen = new Seen(0);
  seen.take(snapshot(1));
  expect(seen.take({ ...snapshot(1), signature: `0x${"1".repeat(128)}` })).toBe("known");
});

test("the newest is never contradicted unnoticed, whatever came meanwhile", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 100 }), (versions) => {
      const seen = new Seen(0);
      for (const version of versions) seen.take(snapshot(version));
      expect(seen.newest).toBe(Math.max(...versions));
      expect(seen.take(other(seen.newest))).toMatchObject({ version: seen.newest });
    }),
  );
});
