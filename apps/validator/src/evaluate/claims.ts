import { randomUUID } from "node:crypto";
import type { Job } from "@assay/core";
import type { JobBoard } from "./board.ts";

/** Asks for jobs, one after the other. */
export type Claims = {
  ask(): Promise<Job | null>;
  /** The answer has come: what is asked for from now on is another job. */
  taken(): void;
};

/**
 * Asks under one name until a job is taken, so that one whose answer was lost, or came too late to be waited for, is
 * given again at once instead of after its lease.
 */
export function createClaims({ jobs }: JobBoard): Claims {
  let key = randomUUID();
  return {
    ask: () => jobs.claim({ key }),
    taken: () => {
      key = randomUUID();
    },
  };
}
