import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose } from "../test/close.ts";
import { refusalOf } from "../test/refusal.ts";
import { scoringVectors } from "../test/scoring-vectors.ts";
import { type Delivered, generatorReward } from "./generator-reward.ts";

type Vector = {
  id: string;
  note: string;
  input: {
    image: Delivered;
    video: Delivered;
    fooled: number;
    not_fooled: number;
    image_weight: number;
    video_weight: number;
  };
  expected: {
    image_volume: number;
    video_volume: number;
    image_base: number;
    video_base: number;
    fool_bonus: number;
    reward: number;
  };
};

test.each(scoringVectors<Vector>("generator_reward"))("$id: $note", ({ input, expected }) => {
  const { image, video, fooled, not_fooled } = input;
  const weights = { image: input.image_weight, video: input.video_weight };
  const result = generatorReward({ image, video, fooled, notFooled: not_fooled }, weights);
  expectClose(result.volume.image, expected.image_volume);
  expectClose(result.volume.video, expected.video_volume);
  expectClose(result.base.image, expected.image_base);
  expectClose(result.base.video, expected.video_base);
  expectClose(result.foolBonus, expected.fool_bonus);
  expectClose(result.reward, expected.reward);
});

const delivered = (verified: number, failed = 0, multiplier = 1): Delivered => ({
  verified,
  failed,
  multiplier,
});
const work = (changes: Partial<Parameters<typeof generatorReward>[0]>) => ({
  image: delivered(10),
  video: delivered(0),
  fooled: 0,
  notFooled: 0,
  ...changes,
});

test("nothing delivered earns nothing", () => {
  expect(generatorReward(work({ image: delivered(0) })).reward).toBe(0);
});

test("images weigh 0.3 and videos 0.7 unless said otherwise", () => {
  expect(generatorReward(work({})).reward).toBe(3);
  expect(generatorReward(work({ image: delivered(0), video: delivered(10) })).reward).toBe(7);
});

test.each([
  [1, 0, 0.5],
  [5, 5, 0.25],
  [19, 0, 0.95],
  [20, 0, 1],
  [40, 0, 1 + Math.log(2)],
  [60, 0, 2],
])("%i fooled of %i more make a bonus of %s", (fooled, notFooled, bonus) => {
  expect(generatorReward(work({ fooled, notFooled })).foolBonus).toBeCloseTo(bonus, 14);
});

test.each([
  work({ fooled: -1 }),
  work({ notFooled: 0.5 }),
  work({ image: delivered(Number.NaN) }),
  work({ video: delivered(1, -1) }),
  work({ video: delivered(1, 0, Number.POSITIVE_INFINITY) }),
  work({ video: delivered(1, 0, -1) }),
])("%j is refused", (broken) => {
  expect(refusalOf(() => generatorReward(broken))).toBe("CORE_OUT_OF_RANGE");
});

test("a weight that is no number is refused", () => {
  expect(refusalOf(() => generatorReward(work({}), { image: Number.NaN, video: 1 }))).toBe(
    "CORE_OUT_OF_RANGE",
  );
});

const count = fc.nat({ max: 1_000_000 });
const anyDelivered = fc.record({
  verified: count,
  failed: count,
  multiplier: fc.double({ min: 0, max: 4, noNaN: true }),
});

test("one failed item made good, and one more detector fooled, never lower the reward", () => {
  fc.assert(
    fc.property(anyDelivered, anyDelivered, count, count, (image, video, fooled, notFooled) => {
      const { reward } = generatorReward({ image, video, fooled, notFooled });
      expect(Number.isFinite(reward)).toBe(true);
      if (video.failed > 0) {
        const better = { ...video, verified: video.verified + 1, failed: video.failed - 1 };
        expect(generatorReward({ image, video: better, fooled, notFooled }).reward).toBeGreaterThanOrEqual(
          reward,
        );
      }
      if (notFooled > 0) {
        const more = { image, video, fooled: fooled + 1, notFooled: notFooled - 1 };
        expect(generatorReward(more).reward).toBeGreaterThanOrEqual(reward);
      }
    }),
  );
});
