import { afterAll } from "vitest";
import { createDesk, type Desk } from "./desk.ts";
import { enlist } from "./work.ts";
import { createWorld, VALIDATORS, type World } from "./world.ts";

/** A world with a desk at which both validators may report; it ends with the tests of its file. */
export async function enlistedDesk(): Promise<{ world: World; desk: Desk }> {
  const world = await createWorld();
  const desk = await createDesk(world);
  afterAll(async () => {
    await desk.close();
    await world.close();
  });
  await enlist(desk, VALIDATORS);
  return { world, desk };
}
