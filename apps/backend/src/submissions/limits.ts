import { ApiError } from "@assay/api";
import { findSubmissionByContent, listRecentSubmissions, lockAuthor, type Trx } from "@assay/db";
import type { Backend } from "../backend.ts";
import { settingsOf } from "../settings/service.ts";

/** Blocks of a quota: a day of blocks of 12 seconds. */
const WINDOW_BLOCKS = 7_200;

type Entry = {
  backend: Backend;
  coldkey: string;
  hotkey: string;
  competitionId: string;
  acceptedAtBlock: number;
  bytes: Uint8Array;
  sha256: string;
};

/**
 * Throws unless a coldkey may submit now: size, then the time since its last one to the same competition, then how many
 * it has sent within a day. Sending one's own bytes again is no new submission.
 */
export async function assertWithinLimits(trx: Trx, entry: Entry): Promise<void> {
  const { backend, coldkey, hotkey, sha256 } = entry;
  const { netuid } = backend;
  await lockAuthor(trx, { netuid, coldkey });
  const earlier = await findSubmissionByContent(trx, { netuid, sha256 });
  if (earlier?.hotkey === hotkey) return;
  const settings = await settingsOf(trx, netuid);
  assertSize(entry.bytes.length, settings.maxArtefactBytes);
  const afterBlock = entry.acceptedAtBlock - Math.max(WINDOW_BLOCKS, settings.submissionCooldownBlocks);
  const recent = await listRecentSubmissions(trx, { netuid, coldkey, afterBlock });
  const blocks = recent.map(({ acceptedAtBlock }) => acceptedAtBlock);
  const here = recent.find(({ competitionId }) => competitionId === entry.competitionId);
  if (here !== undefined) assertCooled(entry, here.acceptedAtBlock + settings.submissionCooldownBlocks);
  assertQuota(entry, { blocks, limit: settings.submissionsPerDay });
}

function assertSize(size: number, limit: number): void {
  if (size <= limit) return;
  const message = `an artefact has at most ${limit} bytes here, this one has ${size}`;
  throw new ApiError({ code: "API_INVALID_INPUT", issues: [{ path: "artefact", message }] }, message);
}

function assertCooled({ competitionId, acceptedAtBlock: block }: Entry, nextBlock: number): void {
  if (block >= nextBlock) return;
  const message = `This coldkey may submit to the competition again from block ${nextBlock} on; it is block ${block}.`;
  throw new ApiError({ code: "API_SUBMISSION_TOO_SOON", competitionId, nextBlock, block }, message);
}

function assertQuota(
  { acceptedAtBlock }: Entry,
  { blocks, limit }: { blocks: readonly number[]; limit: number },
): void {
  const counted = blocks.filter((block) => block > acceptedAtBlock - WINDOW_BLOCKS);
  if (counted.length < limit) return;
  const nextBlock = (counted[limit - 1] ?? acceptedAtBlock) + WINDOW_BLOCKS;
  const message = `This coldkey has sent ${counted.length} submissions within ${WINDOW_BLOCKS} blocks, ${limit} are allowed; the next from block ${nextBlock} on.`;
  throw new ApiError(
    { code: "API_SUBMISSION_QUOTA", limit, windowBlocks: WINDOW_BLOCKS, nextBlock },
    message,
  );
}
