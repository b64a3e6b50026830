import { Calibrated, containerSetup, createEvaluator } from "@assay/evaluator";
import { within } from "../loop/within.ts";
import { Confined } from "./confined.ts";
import { EVALUATION_MS, type Worker } from "./worker.ts";

/** Evaluates on this host, agents in a process of their own; calibrated before the first job of a cycle. */
export function localWorker(calibrated = new Calibrated(), confined = new Confined()): Worker {
  return {
    name: "this host",
    suits: ({ agents }) => agents !== "container" || containerSetup() !== undefined,
    async evaluate({ job, task, artefact, signal }) {
      if (task.agents === "container") await confined.assert(containerSetup());
      const calibration = calibrated.assert(job, { signal });
      await within(calibration, { what: "a calibration", ms: EVALUATION_MS, signal });
      const evaluator = createEvaluator({ task });
      try {
        const work = evaluator.evaluate({ artefact, seeds: job.seeds, signal });
        return await within(work, { what: "an evaluation", ms: EVALUATION_MS, signal });
      } finally {
        await evaluator.close();
      }
    },
  };
}
