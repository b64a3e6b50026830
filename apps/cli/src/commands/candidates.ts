import type { Client } from "@assay/client";
import type { Candidate, CandidateStatus } from "@assay/core";
import Table from "cli-table3";
import { type Output, shortAddress } from "../output.ts";

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Lists leader candidates, oldest first. */
export async function listCandidates(
  client: Client,
  { status, json, out }: { status: CandidateStatus | undefined; json: boolean; out: Output },
): Promise<void> {
  const { items } = await client.candidates.list({ status });
  if (json) out.result(JSON.stringify(items));
  else out.result(items.length === 0 ? "no candidates" : candidateTable(items));
}

function candidateTable(candidates: readonly Candidate[]): string {
  const head = ["candidate", "miner", "status", "success", "± SE", "episodes", "reward", "lead", "bar"];
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const { id, hotkey, status, figures, comparison } of candidates) {
    const lead =
      comparison === null ? ["–", "–"] : [comparison.difference.toFixed(4), comparison.bar.toFixed(4)];
    const shown = [percent(figures.successRate), percent(figures.successRateError), String(figures.episodes)];
    table.push([id, shortAddress(hotkey), status, ...shown, figures.meanReward.toFixed(3), ...lead]);
  }
  return table.toString();
}

/** Approves a pending candidate: it leads, and a new signed snapshot says so. */
export async function approveCandidate(
  client: Client,
  { id, reason, out }: { id: string; reason: string | undefined; out: Output },
): Promise<void> {
  const { hotkey, decision } = await client.candidates.approve({ id, reason });
  out.result(`approved ${id} of ${hotkey}, recorded as decided by ${decision?.by ?? "this key"}`);
}

/** Rejects a pending candidate with a reason its miner can read. */
export async function rejectCandidate(
  client: Client,
  { id, reason, out }: { id: string; reason: string; out: Output },
): Promise<void> {
  const { hotkey, decision } = await client.candidates.reject({ id, reason });
  out.result(`rejected ${id} of ${hotkey}, recorded as decided by ${decision?.by ?? "this key"}`);
}

/** Takes an approval back; if the candidate led, the latest leader still approved leads again. */
export async function revokeCandidate(
  client: Client,
  { id, reason, out }: { id: string; reason: string; out: Output },
): Promise<void> {
  const { hotkey, decision } = await client.candidates.revoke({ id, reason });
  out.result(`revoked ${id} of ${hotkey}, recorded as decided by ${decision?.by ?? "this key"}`);
}
