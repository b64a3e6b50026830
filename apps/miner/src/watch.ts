import type { Submission } from "@assay/core";
import { errorFacts, type Logger } from "./log.ts";
import { asking, type Registry } from "./registry.ts";

type Watching = {
  readonly submission: Submission;
  readonly everyMs: number;
  readonly log: Logger;
  readonly signal: AbortSignal;
};

const OPEN: readonly Submission["status"][] = ["waiting", "evaluating"];

/** Follows a submission until it is judged; an unreachable backend is asked again. */
export async function watch(
  registry: Registry,
  { submission, everyMs, log, signal }: Watching,
): Promise<Submission> {
  let seen = submission;
  while (OPEN.includes(seen.status)) {
    await pause(everyMs, signal);
    const next = await look(registry, { id: seen.id, log, signal });
    if (next === undefined) continue;
    if (next.status !== seen.status)
      log.info({ status: next.status, why: next.explanation }, "submission moved on");
    seen = next;
  }
  return seen;
}

async function look(
  registry: Registry,
  { id, log, signal }: Pick<Watching, "log" | "signal"> & { id: string },
): Promise<Submission | undefined> {
  try {
    return await asking("the submission", registry.submissions.get({ id }), signal);
  } catch (error) {
    const { code } = errorFacts(error);
    if (signal.aborted || code === "API_NOT_FOUND") throw error;
    log.warn(errorFacts(error), "the backend does not answer");
    return undefined;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}
