import type { Client } from "@assay/client";
import { CompetitionId } from "@assay/core";
import type { Command } from "commander";
import type { BackendFlags } from "../access.ts";
import { show } from "../output.ts";
import { firstOf } from "../pages.ts";
import type { CommandContext } from "../program.ts";
import { plainTable } from "../table.ts";
import { parsedBy, publicClientFor, publicCommand, withList } from "./options.ts";

type Flags = BackendFlags & { json: boolean; limit: number };
type Placement = Awaited<ReturnType<Client["leaderboards"]["get"]>>["items"][number];

/** Adds `leaderboard`: judged agents, the best first. */
export function addLeaderboardCommand(program: Command, { out }: CommandContext): void {
  withList(publicCommand(program, "leaderboard"))
    .description("Show the judged submissions of a competition, best first.")
    .argument("<competition>", "id of the competition", parsedBy(CompetitionId))
    .action(async (competitionId: string, { json, limit, ...flags }: Flags) => {
      const client = await publicClientFor(flags);
      const list = (page: { limit: number; cursor: string | null }) =>
        client.leaderboards.get({ ...page, competitionId });
      show(await firstOf(list, { limit, out }), { json, out, inWords: placementTable });
    });
}

function placementTable(placements: readonly Placement[]): string {
  if (placements.length === 0) return "nobody has been judged yet";
  const rows = placements.map(({ rank, hotkey, isLeader, status, figures, validators }) => [
    isLeader ? `${rank} leads` : rank,
    hotkey,
    status,
    `${(figures.successRate * 100).toFixed(1)} % ± ${(figures.successRateError * 100).toFixed(1)}`,
    figures.meanReward.toFixed(3),
    figures.episodes,
    validators,
  ]);
  return plainTable(["rank", "miner", "status", "success", "reward", "episodes", "validators"], rows);
}
