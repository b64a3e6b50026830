import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, callSigned, callWithKey } from "../testing/calls.ts";
import { createWorld, hotkeyOf, type World } from "../testing/world.ts";

let world: World;
let url: string;
beforeAll(async () => {
  world = await createWorld();
  ({ url } = await world.launch());
});
afterAll(() => world.close());

test("describes itself", async () => {
  const answer = await callWithKey(url, { path: "system.info", method: "GET" });
  expect(answer.data).toMatchObject({ netuid: 1, genesis: world.chain.genesisHash });
});
