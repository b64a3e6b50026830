import { expect, test } from "vitest";
import { plainMean } from "./aggregates.ts";
import { aggregation } from "./aggregation.ts";
import { honestMiners, honestValidators, subnetConfig } from "./test/subnets.ts";
import type { Aggregate } from "./types.ts";

const config = subnetConfig({ validators: honestValidators(3), miners: honestMiners(2) });
const scores = (...values: number[]) => Float64Array.from(values);
const NONE = Number.NaN;

test("each miner gets the aggregate of those that scored it", () => {
  const combine = aggregation(config, plainMean);
  const reports = [scores(0.2, 0.4), scores(0.4, NONE), null];
  expect([...combine(reports, scores(0.5, 0.5))]).toEqual([expect.closeTo(0.3, 12), 0.4]);
});

test("what nobody scored and what may not compete has no score", () => {
  const combine = aggregation(config, plainMean);
  expect([...combine([null, null, null], scores(0.5, 0.5))]).toEqual([NONE, NONE]);
  expect([...combine([scores(1, 1), null, null], scores(NONE, 0.5))]).toEqual([NONE, 1]);
});

test("a validator has no vote on a miner of its coldkey", () => {
  const [first, ...others] = config.validators;
  const related = { ...first!, coldkey: config.miners[1]?.coldkey ?? "" };
  const combine = aggregation({ ...config, validators: [related, ...others] }, plainMean);
  const reports = [scores(1, 1), scores(0.5, 0.25), scores(0.5, 0.25)];
  expect([...combine(reports, scores(0.5, 0.5))]).toEqual([expect.closeTo(2 / 3, 12), 0.25]);
});

test("voters are given once per set and scores in their order", () => {
  const asked: string[][] = [];
  const lastOf: Aggregate = (voters) => {
    asked.push(voters.map(({ coldkey }) => coldkey));
    return (values) => values[voters.length - 1] ?? NONE;
  };
  const combine = aggregation(config, lastOf);
  const reports = [scores(0.1, 0.2), null, scores(0.3, 0.4)];
  expect([...combine(reports, scores(1, 1))]).toEqual([0.3, 0.4]);
  expect([...combine(reports, scores(1, 1))]).toEqual([0.3, 0.4]);
  expect(asked).toEqual([["honest-0-cold", "honest-2-cold"]]);
});
