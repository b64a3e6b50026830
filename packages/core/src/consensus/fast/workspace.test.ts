import { expect, test } from "vitest";
import { createWorkspace } from "./workspace.ts";

test("everything has its room, and no two share memory but votes and bonds", () => {
  const work = createWorkspace(3, { weights: 5, bonds: 2 });
  const { columns, weights, clipped, previous, bonds, ...vectors } = work;
  const rows = [weights, clipped, previous, bonds];
  const arrays = [
    ...Object.values(vectors).filter((value) => ArrayBuffer.isView(value)),
    ...rows.flatMap(({ start, uid, value }) => [start, uid, value]),
    columns.start,
  ].toSorted((a, b) => a.byteOffset - b.byteOffset);
  const ends = arrays.map((array) => array.byteOffset + array.byteLength);
  expect(arrays.slice(1).every((array, k) => array.byteOffset >= (ends[k] ?? 0))).toBe(true);
  expect(ends.at(-1)).toBe(arrays[0]?.buffer.byteLength);
  expect(rows.map(({ start, uid, value }) => [start.length, uid.length, value.length])).toEqual([
    [4, 5, 5],
    [4, 5, 5],
    [4, 2, 2],
    [4, 7, 7],
  ]);
  expect([columns.stake, columns.score]).toEqual([work.bondShares, bonds.value]);
  expect(work.stake).toHaveLength(3);
});

test("no neurons need no room", () => {
  const work = createWorkspace(0, { weights: 0, bonds: 0 });
  expect([work.stake.length, work.weights.start.length, work.marks.length]).toEqual([0, 1, 0]);
});
