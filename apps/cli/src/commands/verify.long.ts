import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { assay } from "../testing/assay.ts";
import { startWorld, type World } from "../testing/backend.ts";

// A snapshot is public two epochs after it was made: half a minute on this chain.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test("a snapshot is computed again once everybody may see it", async () => {
  const where = ["--url", world.url, "--api-key-file", world.adminKeyFile];
  expect((await assay("competitions", "create", "--name", "one", ...where)).code).toBe(0);
  for await (const _head of world.chain.finalisedHeads()) {
    const ran = await assay("verify", "1", "--url", world.url, "--chain-url", world.chain.endpoint, "--json");
    if (ran.notes.includes("API_NOT_FOUND")) continue;
    expect([ran.code, ran.notes]).toEqual([0, ""]);
    expect(JSON.parse(ran.results.join(""))).toMatchObject({
      version: 1,
      isOnChain: true,
      vector: { policy: "burn" },
    });
    return;
  }
});
