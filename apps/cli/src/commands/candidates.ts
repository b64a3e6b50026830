import type { Client } from "@assay/client";
import type { Candidate, CandidateStatus } from "@assay/core";
import { type Shown, shortAddress, show } from "../output.ts";
import { firstOf } from "../pages.ts";
import { plainTable } from "../table.ts";

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Lists leader candidates, oldest first. */
export async function listCandidates(
  client: Client,
  { status, limit, ...shown }: Shown & { status: CandidateStatus | undefined; limit: number },
): Promise<void> {
  const { out } = shown;
  const candidates = await firstOf((page) => client.candidates.list({ ...page, status }), { limit, out });
  show(candidates, { ...shown, inWords: candidateTable });
}

function candidateTable(candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return "no candidates";
  return plainTable(HEAD, candidates.map(row));
}

const HEAD = ["candidate", "miner", "status", "success", "± SE", "episodes", "reward", "lead", "bar"];

function row({ id, hotkey, status, figures, comparison }: Candidate): (string | number)[] {
  const lead =
    comparison === null ? ["–", "–"] : [comparison.difference.toFixed(4), comparison.bar.toFixed(4)];
  const shown = [percent(figures.successRate), percent(figures.successRateError), figures.episodes];
  return [id, shortAddress(hotkey), status, ...shown, figures.meanReward.toFixed(3), ...lead];
}

type Review = Parameters<Client["candidates"]["recommend"]>[0];
type Decided = Pick<Candidate, "id" | "hotkey" | "decision">;

/** Approves a pending candidate: it leads, and a new signed snapshot says so. */
export async function approveCandidate(
  client: Client,
  { id, reason, ...shown }: Shown & { id: string; reason: string | undefined },
): Promise<void> {
  show(await client.candidates.approve({ id, reason }), { ...shown, inWords: words("approved") });
}

/** Rejects a pending candidate with a reason its miner can read. */
export async function rejectCandidate(
  client: Client,
  { id, reason, ...shown }: Shown & { id: string; reason: string },
): Promise<void> {
  show(await client.candidates.reject({ id, reason }), { ...shown, inWords: words("rejected") });
}

/** Takes an approval back; if the candidate led, the latest leader still approved leads again. */
export async function revokeCandidate(
  client: Client,
  { id, reason, ...shown }: Shown & { id: string; reason: string },
): Promise<void> {
  show(await client.candidates.revoke({ id, reason }), { ...shown, inWords: words("revoked") });
}

/** Says what a reviewer thinks of a pending candidate; `approve` is the first of four eyes. */
export async function reviewCandidate(
  client: Client,
  { id, verdict, note, ...shown }: Shown & Review,
): Promise<void> {
  const candidate = await client.candidates.recommend({ id, verdict, note });
  const count = candidate.reviews.length;
  show(candidate, { ...shown, inWords: () => `noted on ${id}: ${verdict}; ${count} in all` });
}

function words(did: string): (candidate: Decided) => string {
  return ({ id, hotkey, decision }) =>
    `${did} ${id} of ${hotkey}, recorded as decided by ${decision?.by ?? "this key"}`;
}
