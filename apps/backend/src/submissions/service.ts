import { createHash } from "node:crypto";
import {
  type AcceptedSubmission,
  ApiError,
  type Caller,
  type HotkeyCaller,
  type ListSubmissions,
  type SubmissionRef,
} from "@assay/api";
import { MAX_ARTEFACT_BYTES, type Page, type Submission, type SubmitAgent } from "@assay/core";
import {
  type CompetitionRow,
  findCompetition,
  findSubmission,
  insertSubmission,
  listSubmissions,
  type NewSubmission,
  type SubmissionRow,
} from "@assay/db";
import { type Backend, blockOf, nowOf } from "../backend.ts";
import { assertNotBanned } from "../bans/enforce.ts";
import { found } from "../not-found.ts";
import { assertWithinLimits } from "./limits.ts";
import { receiptOf } from "./receipt.ts";
import { tellerFor } from "./told.ts";

/** Stores an agent and answers with a receipt; the same agent of the same hotkey again gets the first receipt. */
export async function submitAgent(
  backend: Backend,
  { caller, ...input }: SubmitAgent & { caller: HotkeyCaller },
): Promise<AcceptedSubmission> {
  const { db, netuid, signing, trace } = backend;
  const bytes = artefactBytes(input);
  const competition = await openCompetition(backend, input.competitionId);
  const submission = await db.transaction().execute(async (trx) => {
    const accepted = acceptance(backend, caller.hotkey);
    await assertNotBanned(trx, { netuid, ...accepted });
    await assertWithinLimits(trx, {
      backend,
      ...accepted,
      competitionId: competition.id,
      bytes,
      sha256: input.sha256,
    });
    // After the limits, or whoever is refused could fill the disk; before the row, which promises the bytes.
    await backend.artefacts.put(input.sha256, bytes);
    const stored = await insertSubmission(trx, {
      ...accepted,
      netuid,
      competitionId: competition.id,
      sha256: input.sha256,
      sizeBytes: bytes.length,
    });
    const isOwn = stored.outcome !== "taken" && stored.submission.competitionId === competition.id;
    return isOwn ? stored.submission : refuseDuplicate(stored.submission);
  });
  trace("submission-committed");
  const tell = await tellerFor(backend, { rows: [submission], caller });
  return {
    submission: tell(submission),
    receipt: await receiptOf(submission, signing.current().signer),
  };
}

function artefactBytes({ artefact, sha256: claimed }: SubmitAgent): Uint8Array {
  const bytes = Buffer.from(artefact, "base64");
  if (bytes.length < 1 || bytes.length > MAX_ARTEFACT_BYTES) throw badSize();
  const actual = createHash("sha256").update(bytes).digest("hex");
  if (actual === claimed) return bytes;
  const message = "The artefact's hash is not the one stated.";
  throw new ApiError({ code: "API_ARTEFACT_HASH_MISMATCH", claimed, actual }, message);
}

function badSize(): ApiError {
  const message = `an artefact has 1 to ${MAX_ARTEFACT_BYTES} bytes`;
  return new ApiError({ code: "API_INVALID_INPUT", issues: [{ path: "artefact", message }] }, message);
}

async function openCompetition({ db, netuid }: Backend, id: string): Promise<CompetitionRow> {
  const competition = found(await findCompetition(db, id), { kind: "competition", id, netuid });
  const { status } = competition;
  if (status === "open") return competition;
  throw new ApiError({ code: "API_COMPETITION_NOT_OPEN", id, status }, `The competition is ${status}.`);
}

type Acceptance = Pick<NewSubmission, "hotkey" | "coldkey" | "acceptedAt" | "acceptedAtBlock">;

function acceptance(backend: Backend, hotkey: string): Acceptance {
  const { subnet, netuid } = backend;
  const neuron = subnet.current().neurons.get(hotkey);
  if (neuron === undefined) throw new ApiError({ code: "API_UNKNOWN_HOTKEY", hotkey, netuid });
  return { hotkey, coldkey: neuron.coldkey, acceptedAt: nowOf(backend), acceptedAtBlock: blockOf(backend) };
}

function refuseDuplicate({ id: submissionId, sha256 }: SubmissionRow): never {
  const message = "These bytes have been submitted before; the first submission owns them.";
  throw new ApiError({ code: "API_DUPLICATE_ARTEFACT", sha256, submissionId }, message);
}

/** Submissions of the subnet, newest first. */
export async function pageSubmissions(
  backend: Backend,
  { caller, ...input }: ListSubmissions & { caller: Caller },
): Promise<Page<Submission>> {
  const { db, netuid } = backend;
  const { items: rows, nextCursor } = await listSubmissions(db, { ...input, netuid });
  return { items: rows.map(await tellerFor(backend, { rows, caller })), nextCursor };
}

/** One submission. */
export async function getSubmission(
  backend: Backend,
  { caller, id }: SubmissionRef & { caller: Caller },
): Promise<Submission> {
  const { db, netuid } = backend;
  const row = found(await findSubmission(db, id), { kind: "submission", id, netuid });
  return (await tellerFor(backend, { rows: [row], caller }))(row);
}
