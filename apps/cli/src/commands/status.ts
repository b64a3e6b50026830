import type { Client } from "@assay/client";
import { type Output, shortAddress } from "../output.ts";
import { plainTable } from "../table.ts";

/** Shows a backend at a glance: leaders, submissions and validators. */
export async function showStatus(
  client: Client,
  { json, out }: { json: boolean; out: Output },
): Promise<void> {
  const [info, leaders, submissions, validators] = await Promise.all([
    client.system.info(),
    client.leaders.list(),
    client.submissions.list({}),
    client.validators.list(),
  ]);
  if (json) {
    out.result(JSON.stringify({ info, leaders, submissions: submissions.items, validators }));
    return;
  }
  out.result(`subnet ${info.netuid}, mechanism ${info.mechid}, finalised block ${info.finalised.block}`);
  for (const leader of leaders)
    out.result(`leader of ${leader.competitionId}: ${leader.hotkey}, approved by ${leader.approvedBy}`);
  if (leaders.length === 0) out.result("no leader: the share burns");
  const rows = submissions.items.map(({ id, hotkey, status, explanation }) => [
    id,
    shortAddress(hotkey),
    status,
    explanation,
  ]);
  if (rows.length > 0) out.result(plainTable(["submission", "miner", "status", "why"], rows));
  for (const { hotkey, softwareVersion, snapshotVersion, lastSet } of validators) {
    const set = lastSet === null ? "no weights confirmed yet" : `weights confirmed at block ${lastSet.block}`;
    out.result(
      `validator ${shortAddress(hotkey)} ${softwareVersion}: snapshot ${snapshotVersion ?? "–"}, ${set}`,
    );
  }
}
