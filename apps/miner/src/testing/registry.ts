import { createHash } from "node:crypto";
import { Competition, type Receipt, type Signer, type Submission, signStatement } from "@assay/core";
import { createEvaluator } from "@assay/evaluator";
import type { Registry } from "../registry.ts";

const UUID = "01900000-0000-7000-8000-000000000000";

export function aCompetition(about: Partial<Competition> = {}): Competition {
  return Competition.parse({
    id: `competition_${UUID}`,
    name: "waypoints",
    task: "waypoint-navigation",
    evaluator: createEvaluator().identity,
    netuid: 2,
    thresholdsVersion: 1,
    status: "open",
    createdAt: "2026-01-01T00:00:00.000Z",
    createdAtBlock: 1,
    fourEyes: false,
    startBlock: null,
    endBlock: null,
    ...about,
  });
}

export function aSubmission(about: Partial<Submission> = {}): Submission {
  return {
    id: `submission_${UUID}`,
    competitionId: `competition_${UUID}`,
    hotkey: "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
    coldkey: "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
    sha256: "00".repeat(32),
    sizeBytes: 100,
    status: "waiting",
    acceptedAtBlock: 7,
    sequence: 1,
    acceptedAt: "2026-01-01T00:00:00.000Z",
    figures: null,
    failure: null,
    explanation: "Waits for the next cycle.",
    ...about,
  };
}

/** What a test lets the backend say: which competitions there are, and how a submission goes on. */
export type Script = {
  readonly competitions?: Competition[];
  readonly statuses?: (Submission["status"] | Error)[];
};

/** A backend's side of the miner's procedures in a few lines, signing its receipts with a real key. */
export function registryWith(signers: { miner: Signer; backend: Signer }, script: Script = {}) {
  const { competitions = [aCompetition()], statuses = [] } = script;
  const submitted: { artefact: Uint8Array; competitionId: string }[] = [];
  const registry: Registry = {
    competitions: {
      async list({ cursor }) {
        const index = Number(cursor ?? 0);
        const next = index + 1 < competitions.length ? String(index + 1) : null;
        return { items: competitions.slice(index, index + 1), nextCursor: next };
      },
      get: async ({ id }) => aCompetition({ id }),
    },
    submissions: {
      async get({ id }) {
        const status = statuses.shift() ?? "waiting";
        if (status instanceof Error) throw status;
        return aSubmission({ id, status, explanation: `It is ${status}.` });
      },
    },
    async submitAgent(artefact, competitionId) {
      submitted.push({ artefact, competitionId });
      const sha256 = createHash("sha256").update(artefact).digest("hex");
      const submission = aSubmission({ competitionId, sha256, hotkey: signers.miner.address });
      return { submission, receipt: await receiptFor(submission, signers.backend) };
    },
  };
  return { registry, submitted };
}

async function receiptFor(submission: Submission, backend: Signer): Promise<Receipt> {
  const {
    id: submissionId,
    competitionId,
    hotkey,
    sha256,
    acceptedAtBlock,
    sequence,
    acceptedAt,
  } = submission;
  const facts = { submissionId, competitionId, hotkey, sha256, acceptedAtBlock, sequence, acceptedAt };
  const body = { scheme: "assay-receipt-v1", netuid: 2, ...facts };
  return { ...(await signStatement(body, backend)), key: backend.address };
}
