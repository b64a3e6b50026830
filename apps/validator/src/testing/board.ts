import { createHash } from "node:crypto";
import { CodedError, type Job, type Receipt, type SignedResult } from "@assay/core";
import { createEvaluator } from "@assay/evaluator";
import type { JobBoard, LeaseRef } from "../evaluate/board.ts";

/** A backend's side of the job procedures in a few lines: it hands out the jobs it is given and remembers the rest. */
export function jobBoard(work: { jobs: Job[]; artefacts: readonly Uint8Array[] }) {
  const results: SignedResult[] = [];
  const failures: (LeaseRef & { reason: string })[] = [];
  const heartbeats: LeaseRef[] = [];
  const releases: LeaseRef[] = [];
  const answers = { report: async () => {}, heartbeat: async () => {} };
  const bytes = new Map(work.artefacts.map((artefact) => [sha256(artefact), artefact]));
  const board: JobBoard = {
    jobs: {
      claim: async () => work.jobs.shift() ?? null,
      async heartbeat(lease) {
        heartbeats.push(lease);
        await answers.heartbeat();
      },
      release: async (lease) => void releases.push(lease),
      fail: async (failure) => void failures.push(failure),
    },
    async reportResult(result) {
      await answers.report();
      results.push(result);
      return { receipt: receiptFor(result) };
    },
    async fetchAgent(expected) {
      const artefact = bytes.get(expected);
      if (artefact) return artefact;
      throw new CodedError({ code: "CLIENT_ARTEFACT_MISMATCH", expected });
    },
  };
  return { board, results, failures, heartbeats, releases, answers };
}

/** What stands for the backend's word: its signature is the client's business. */
export function receiptFor({ body }: Pick<SignedResult, "body">): Receipt {
  return { body: JSON.stringify({ sha256: sha256(body) }), key: "5".repeat(48), signature: NO_SIGNATURE };
}

const NO_SIGNATURE = `0x${"00".repeat(64)}`;

let jobs = 0;

/** A job on the default task; only what a test is about is said in it. */
export function aJob(artefact: Uint8Array, about: Partial<Job> = {}): Job {
  const { identity } = createEvaluator();
  const uuid = `0190${String(jobs++).padStart(4, "0")}-0000-7000-8000-000000000000`;
  return {
    id: `job_${uuid}`,
    cycleId: `cycle_${uuid}`,
    competitionId: `competition_${uuid}`,
    submissionId: `submission_${uuid}`,
    artefactSha256: sha256(artefact),
    evaluator: identity,
    taskConfig: {},
    seeds: ["11", "22", "33"].map((byte) => byte.repeat(32)),
    attempt: 1,
    leasedUntil: "2026-01-01T00:02:00.000Z",
    ...about,
  };
}

export function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}
