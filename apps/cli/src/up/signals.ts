import type { Screen } from "./screen.ts";

/** Turns the first SIGINT or SIGTERM into an abort; a second one, a second later, ends the process by the system's own hand. */
export function onInterrupt(screen: Screen): {
  controller: AbortController;
  /** Settles when the run is interrupted. */
  happened: Promise<void>;
  release(): void;
} {
  const controller = new AbortController();
  const happened = new Promise<void>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  let firstAt = 0;
  const handle = (signal: NodeJS.Signals): void => {
    if (firstAt === 0) {
      firstAt = Date.now();
      screen.line("stopping", "closing everything; once more to stop at once");
      controller.abort();
      return;
    }
    // A terminal and npm may both deliver the same Ctrl-C.
    if (Date.now() - firstAt < 1000) return;
    release();
    process.kill(process.pid, signal);
  };
  const release = (): void => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, handle);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, handle);
  return { controller, happened, release };
}
