import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Sha256 } from "../schema/primitives.ts";
import { asyncRefusalOf } from "../test/refusal.ts";
import { deriveSeeds, secretHash, seedsHash } from "./seeds.ts";

const secret = "0123456789abcdef".repeat(4);
const randomness = `0x${"9a".repeat(32)}`;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("anybody recomputes seed i from the secret, the randomness and i", async () => {
  const seeds = await deriveSeeds({ secret, randomness, count: 3 });
  expect(seeds).toEqual([0, 1, 2].map((i) => sha256(`assay-seed-v1\n${secret}\n${randomness}\n${i}`)));
});

test("the published hash commits to the secret", async () => {
  expect(await secretHash(secret)).toBe(sha256(`assay-seed-secret-v1\n${secret}`));
});

test("a job's seeds are named by the hash of their canonical JSON", async () => {
  expect(await seedsHash(["aa", "bb"])).toBe(sha256('["aa","bb"]'));
});

test("seeds are well formed, different, and a shorter list is the beginning of a longer", async () => {
  const few = await deriveSeeds({ secret, randomness, count: 20 });
  const many = await deriveSeeds({ secret, randomness, count: 200 });
  expect(many.slice(0, 20)).toEqual(few);
  expect(new Set(many).size).toBe(200);
  expect(many.every((seed) => Sha256.safeParse(seed).success)).toBe(true);
});

test("another secret or other randomness gives other seeds", async () => {
  const [seed] = await deriveSeeds({ secret, randomness, count: 1 });
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[0-9a-f]{64}$/), async (word) => {
      fc.pre(word !== secret && word !== randomness);
      expect(await deriveSeeds({ secret: word, randomness, count: 1 })).not.toEqual([seed]);
      expect(await deriveSeeds({ secret, randomness: word, count: 1 })).not.toEqual([seed]);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ["a short secret", { secret: "ab" }],
  ["an upper-case secret", { secret: "AB".repeat(32) }],
  ["no randomness", { randomness: "" }],
  ["randomness over two lines", { randomness: "a\n1" }],
  ["no seeds", { count: 0 }],
  ["half a seed", { count: 1.5 }],
  ["too many seeds", { count: 100_001 }],
])("%s is refused", async (_name, changes) => {
  const refused = asyncRefusalOf(deriveSeeds({ secret, randomness, count: 1, ...changes }));
  expect(await refused).toBe("CORE_OUT_OF_RANGE");
});

test("a refusal never shows the secret", async () => {
  const close = `${secret.slice(0, 63)}X`;
  expect(await asyncRefusalOf(secretHash(close))).toBe("CORE_OUT_OF_RANGE");
  await expect(secretHash(close)).rejects.toThrow(expect.not.stringContaining(secret.slice(0, 20)));
});
