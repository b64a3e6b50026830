import type { Engine } from "./engine.ts";
import { isAbandoned } from "./names.ts";

/** Removes what evaluators left behind that were killed; also the first sign of life of the engine. */
export async function sweep(engine: Engine, nowMs: number): Promise<void> {
  const isOld = (name: string) => isAbandoned(name, nowMs);
  const images = (await engine.images()).filter(isOld);
  for (const name of (await engine.containers()).filter(isOld))
    await engine.remove({ name, image: name.replace("assay-agent-", "assay-agent:") });
  for (const image of images) await engine.remove({ name: containerOf(image), image });
}

function containerOf(image: string): string {
  return image.replace(/^.*assay-agent:/, "assay-agent-");
}
