import { expect, test } from "vitest";
import { averageBonds, bondRate, previousBonds, storedBonds } from "./bonds.ts";
import { fromInteger, ONE, prop } from "./fixed.ts";
import { subnet } from "./test/epoch-inputs.ts";

const bonds = [
  [
    [0, 65_535],
    [1, 40],
  ] as const,
  [],
];

test("the usual moving average lets a tenth of the new observation in", () => {
  expect(bondRate(900_000)).toBe(429_496_730n);
  expect(bondRate(0)).toBe(ONE);
  expect(bondRate(1_000_000)).toBe(0n);
});

test("a bond on a uid registered since the last run is dropped", () => {
  const at = (lastEpochRunBlock: number) =>
    previousBonds(subnet(2, { bonds, lastEpochRunBlock, blockAtRegistration: [900, 901] }), "integer");
  expect(at(900)).toEqual([[[0, fromInteger(65_535)]], []]);
  expect(at(901)[0]).toHaveLength(2);
  expect(at(899)[0]).toHaveLength(0);
});

test("before the first run the last tempo decides", () => {
  const input = subnet(2, { bonds, block: 1_000, tempo: 100, lastEpochRunBlock: 0 });
  expect(previousBonds({ ...input, blockAtRegistration: [899, 900] }, "integer")[0]).toHaveLength(1);
  expect(previousBonds({ ...input, block: 50, blockAtRegistration: [0, 1] }, "integer")[0]).toEqual([]);
});

test("bonds are read as whole numbers or as proportions", () => {
  const input = subnet(2, { bonds });
  expect(previousBonds(input, "proportion")[0]).toEqual([
    [0, ONE],
    [1, prop(40)],
  ]);
  expect(previousBonds(input, "integer")[0]?.[1]).toEqual([1, fromInteger(40)]);
});

test("the average covers the columns of both, ascending", () => {
  const observed = [[[1, ONE]] as const, []];
  const previous = [
    [
      [1, ONE],
      [0, ONE],
    ] as const,
    [],
  ];
  expect(averageBonds(observed, { previous, rate: ONE / 4n })).toEqual([
    [
      [0, (ONE * 3n) / 4n],
      [1, ONE],
    ],
    [],
  ]);
});

test("only uids with the new permit keep bonds", () => {
  const rows = [[[1, ONE]] as const, [[0, ONE / 2n]] as const];
  expect(storedBonds(rows, [true, false])).toEqual([[[1, 65_535]], []]);
});
