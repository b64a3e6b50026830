import { parentPort, workerData } from "node:worker_threads";
import { LaneError, Lanes } from "./lanes.ts";
import type { LoadMessage, WorkerMessage } from "./messages.ts";

/** The thread that runs an agent's code: it may be terminated at any instruction. */
function main(port: NonNullable<typeof parentPort>, { artefact, setup }: LoadMessage): void {
  const send = (message: WorkerMessage) => port.postMessage(message);
  const guarded = (step: () => void) => {
    try {
      step();
    } catch (error) {
      // Anything else ends the thread, which its process reports as the evaluator's own fault.
      if (!(error instanceof LaneError)) throw error;
      send({ kind: "failure", failure: error.failure });
    }
  };
  guarded(() => {
    const lanes = new Lanes(artefact, setup);
    port.on("message", (rows: Float64Array) => {
      guarded(() => send({ kind: "actions", actions: lanes.turn(rows) }));
    });
    send({ kind: "loaded" });
  });
}

if (parentPort !== null) main(parentPort, workerData);
