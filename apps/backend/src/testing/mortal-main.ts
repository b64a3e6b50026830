import type { TracePoint } from "../backend.ts";
import { runBackend } from "../run.ts";

/**
 * The backend's process, which kills itself as kill -9 would: at the moment its first argument names, the next time it
 * comes after SIGUSR2.
 */
const moment = process.argv[2];
let isArmed = false;
process.once("SIGUSR2", () => {
  isArmed = true;
});

const trace = (point: TracePoint): void => {
  if (isArmed && point === moment) process.kill(process.pid, "SIGKILL");
};

process.exit(await runBackend({ trace }));
