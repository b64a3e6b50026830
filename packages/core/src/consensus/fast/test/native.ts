import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/**
 * Both kernels as Node itself loads them: through vitest's module runner every import is a getter, which would take
 * most of the time. `require` has no types of its own, hence the casts.
 */
export const { epoch } = load("../../epoch.ts") as typeof import("../../epoch.ts");
export const { fastEpoch, createEpochKernel } = load("../fast-epoch.ts") as typeof import("../fast-epoch.ts");
