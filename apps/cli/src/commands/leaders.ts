import type { Client } from "@assay/client";
import { CompetitionId } from "@assay/core";
import type { Command } from "commander";
import type { AccessFlags } from "../access.ts";
import { show } from "../output.ts";
import { firstOf } from "../pages.ts";
import type { CommandContext } from "../program.ts";
import { plainTable } from "../table.ts";
import { backendCommand, clientFor, parsedBy, withList } from "./options.ts";

type Flags = AccessFlags & { json: boolean; limit: number };
type Leadership = Awaited<ReturnType<Client["leaders"]["history"]>>["items"][number];

/** Adds `leaders`: everyone who has led. */
export function addLeadersCommand(program: Command, { out }: CommandContext): void {
  withList(backendCommand(program, "leaders"))
    .description("Show everyone who has led a competition, latest first, and why it ended.")
    .argument("<competition>", "id of the competition", parsedBy(CompetitionId))
    .action(async (competitionId: string, { json, limit, ...flags }: Flags) => {
      const client = await clientFor(flags);
      const list = (page: { limit: number; cursor: string | null }) =>
        client.leaders.history({ ...page, competitionId });
      show(await firstOf(list, { limit, out }), { json, out, inWords: leadershipTable });
    });
}

function leadershipTable(leaderships: readonly Leadership[]): string {
  if (leaderships.length === 0) return "nobody has led yet";
  const rows = leaderships.map(({ hotkey, fromBlock, endedAtBlock, endReason, lostBecause, approvedBy }) => [
    hotkey,
    fromBlock,
    endedAtBlock ?? "–",
    endReason ?? (lostBecause === null ? "leads" : `decays: ${lostBecause}`),
    approvedBy,
  ]);
  return plainTable(["miner", "from block", "to block", "why", "approved by"], rows);
}
