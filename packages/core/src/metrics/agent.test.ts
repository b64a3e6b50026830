import fc from "fast-check";
import { expect, test } from "vitest";
import { Episode, MAX_REWARD } from "../schema/evaluation.ts";
import { AgentFigures } from "../schema/submission.ts";
import { refusalOf } from "../test/refusal.ts";
import { agentFigures, failedEpisodes } from "./agent.ts";

const episode = (success: boolean, reward: number) => ({ success, reward, steps: 10 });
const anyEpisode = fc.record({
  success: fc.boolean(),
  reward: fc.double({ min: -MAX_REWARD, max: MAX_REWARD, noNaN: true }),
  steps: fc.nat(),
});

test("three successes of four with rewards 1, 2, 3, 4", () => {
  const figures = agentFigures([episode(true, 1), episode(true, 2), episode(false, 3), episode(true, 4)]);
  expect(figures).toMatchObject({ episodes: 4, successRate: 0.75, meanReward: 2.5 });
  expect(figures.successRateError).toBeCloseTo(0.25, 15);
  expect(figures.meanRewardError).toBeCloseTo(Math.sqrt(5 / 12), 15);
});

test("an agent that failed as a whole has zero successes over all seeds", () => {
  expect(agentFigures(failedEpisodes(3))).toEqual({
    episodes: 3,
    successRate: 0,
    successRateError: 0,
    meanReward: 0,
    meanRewardError: 0,
  });
});

test("no episodes are no figures", () => {
  expect(refusalOf(() => agentFigures([]))).toBe("CORE_EMPTY");
  expect(refusalOf(() => agentFigures(failedEpisodes(0)))).toBe("CORE_EMPTY");
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, -Number.MAX_VALUE, MAX_REWARD * 2])(
  "a reward of %s is refused here and by the schema",
  (reward) => {
    expect(refusalOf(() => agentFigures([episode(true, 1), episode(true, reward)]))).toBe(
      "CORE_OUT_OF_RANGE",
    );
    expect(Episode.safeParse(episode(true, reward)).success).toBe(false);
  },
);

test("whatever the episodes, the figures are figures and stay within what was earned", () => {
  fc.assert(
    fc.property(fc.array(anyEpisode, { minLength: 1, maxLength: 60 }), (episodes) => {
      const figures = agentFigures(episodes);
      expect(AgentFigures.safeParse(figures).success).toBe(true);
      expect(figures.successRate).toBe(episodes.filter(({ success }) => success).length / episodes.length);
    }),
  );
});

test("one more success raises the rate, one better reward the mean", () => {
  fc.assert(
    fc.property(fc.array(anyEpisode, { minLength: 1, maxLength: 60 }), fc.nat(), (episodes, pick) => {
      const index = pick % episodes.length;
      const better = episodes.map((item, i) =>
        i === index ? { ...item, success: true, reward: Math.min(MAX_REWARD, item.reward + 1) } : item,
      );
      expect(agentFigures(better).successRate).toBeGreaterThanOrEqual(agentFigures(episodes).successRate);
      expect(agentFigures(better).meanReward).toBeGreaterThanOrEqual(agentFigures(episodes).meanReward);
    }),
  );
});

test("the order of the seeds does not change the success rate", () => {
  fc.assert(
    fc.property(fc.array(anyEpisode, { minLength: 1, maxLength: 60 }), (episodes) => {
      expect(agentFigures(episodes.toReversed()).successRate).toBe(agentFigures(episodes).successRate);
    }),
  );
});
