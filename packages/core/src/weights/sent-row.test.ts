import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { type RowContext, sentRow } from "./sent-row.ts";

const uids = [0, 1, 2, 3, 4, 5];
const row = (shares: [uid: number, share: number][], context: Partial<RowContext> = {}) =>
  sentRow(
    shares.map(([uid, share]) => ({ uid, share })),
    { uids, previousRow: null, minAllowedWeights: 1, ...context },
  );

test("uids ascend, whatever the order of the shares", () => {
  expect(
    row([
      [4, 1],
      [1, 2],
    ]),
  ).toEqual([
    [1, 65_535],
    [4, 32_768],
  ]);
});

test("uid 10 comes after uid 2", () => {
  const many = Array.from({ length: 12 }, (_, uid) => uid);
  const [first, second] = row(
    [
      [10, 1],
      [2, 1],
    ],
    { uids: many },
  );
  expect([first, second]).toEqual([
    [2, 65_535],
    [10, 65_535],
  ]);
});

test("a share that rounds to 0 is an explicit 0", () => {
  expect(
    row([
      [1, 1_000_000],
      [2, 1],
    ]),
  ).toEqual([
    [1, 65_535],
    [2, 0],
  ]);
});

test("uids of the previous row stay at 0, so that their bonds are not dropped", () => {
  const previousRow = [
    [3, 65_535],
    [1, 7],
    [2, 0],
  ] as const;
  expect(row([[1, 5]], { previousRow })).toEqual([
    [1, 65_535],
    [2, 0],
    [3, 0],
  ]);
});

test("a uid of the previous row that no longer exists is left out", () => {
  expect(row([[1, 5]], { previousRow: [[9, 65_535]] })).toEqual([[1, 65_535]]);
});

test("the lowest other uids pad the row to the minimum the chain asks for", () => {
  expect(row([[2, 5]], { minAllowedWeights: 4 })).toEqual([
    [0, 0],
    [1, 0],
    [2, 65_535],
    [3, 0],
  ]);
});

test("a subnet smaller than the minimum gives all it has", () => {
  expect(row([[0, 1]], { uids: [0, 1], minAllowedWeights: 8 })).toEqual([
    [0, 65_535],
    [1, 0],
  ]);
});

test("nothing to send is refused, never sent as zeros", () => {
  expect(refusalOf(() => row([]))).toBe("CORE_EMPTY");
  expect(refusalOf(() => row([[1, 0]], { previousRow: [[1, 65_535]] }))).toBe("CORE_EMPTY");
});

test("a uid twice or one that does not exist is refused", () => {
  const twice: [number, number][] = [
    [1, 1],
    [1, 2],
  ];
  expect(refusalOf(() => row(twice))).toBe("CORE_DUPLICATE");
  expect(refusalOf(() => row([[9, 1]]))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => row([[1, 1]], { uids: [1, 1] }))).toBe("CORE_DUPLICATE");
});

test("every row passes the chain's checks of shape", () => {
  const shares = fc.uniqueArray(fc.tuple(fc.nat({ max: 5 }), fc.integer({ min: 1, max: 1_000_000_000 })), {
    selector: ([uid]) => uid,
    minLength: 1,
  });
  const previous = fc.uniqueArray(fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 65_535 })), {
    selector: ([uid]) => uid,
  });
  fc.assert(
    fc.property(shares, previous, fc.nat({ max: 10 }), (given, previousRow, minAllowedWeights) => {
      const sent = row(given, { previousRow, minAllowedWeights });
      const sentUids = sent.map(([uid]) => uid);
      expect(sentUids).toEqual([...new Set(sentUids)].toSorted((a, b) => a - b));
      expect(sentUids.every((uid) => uids.includes(uid))).toBe(true);
      expect(sent.length).toBeGreaterThanOrEqual(Math.min(uids.length, minAllowedWeights));
      expect(Math.max(...sent.map(([, value]) => value))).toBe(65_535);
    }),
  );
});
