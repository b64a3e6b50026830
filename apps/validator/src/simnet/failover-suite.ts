import { FAULTS } from "@assay/fault-proxy";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Attack, type Scene, startScene, weather } from "./failover.ts";

/** Declares one test for each fault of an endpoint, all with the same validator. */
export function declareFailover(when: Attack["when"]): void {
  // Silence is only known by waiting for it, several times in some of these.
  vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.close());

  test.each(FAULTS)(`the same validator sets weights once when its endpoint is %s ${when}`, async (fault) => {
    await scene.deliver(FAULTS.indexOf(fault) + 1);
    const effects = await weather(scene, { fault, when });
    expect(effects.at(-1), `of ${effects.length} epochs`).toBe(1);
  });
}
