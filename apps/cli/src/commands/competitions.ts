import type { Client } from "@assay/client";
import { type Competition, CreateCompetition, Thresholds } from "@assay/core";
import { identityOf } from "@assay/evaluator";
import type { z } from "zod";
import { CliError, problemsIn } from "../errors.ts";
import { type Shown, show } from "../output.ts";
import { firstOf } from "../pages.ts";
import { plainTable } from "../table.ts";
import { configuredTask } from "./task-config.ts";

/** What may be set of a competition, as flags give it. */
export type CompetitionFlags = {
  readonly name?: string;
  readonly points?: number;
  readonly cycleBlocks?: number;
  readonly startBlock?: number;
  readonly endBlock?: number;
  readonly fourEyes?: boolean;
  readonly threshold?: Readonly<Record<string, number>>;
  readonly reason?: string;
};

/** Lists the competitions of the subnet. */
export async function listCompetitions(client: Client, { limit, ...shown }: Shown & { limit: number }) {
  const { out } = shown;
  show(await firstOf(client.competitions.list, { limit, out }), { ...shown, inWords: competitionTable });
}

function competitionTable(competitions: readonly Competition[]): string {
  const rows = competitions.map(
    ({ id, name, status, points, cycleBlocks, thresholds, thresholdsVersion }) => [
      id,
      name,
      status,
      points,
      cycleBlocks,
      `${thresholds.minSuccessRate} (v${thresholdsVersion})`,
    ],
  );
  return plainTable(["competition", "name", "status", "points", "cycle blocks", "success rate"], rows);
}

/** Opens a competition on a task of the evaluator of this machine. */
export async function createCompetition(
  client: Client,
  { flags, ...shown }: Shown & { flags: CompetitionFlags & { task: string; config?: string } },
): Promise<void> {
  const { threshold = {}, reason: _, task: name, config, ...rest } = flags;
  const { task, config: taskConfig } = configuredTask(name, config);
  const parsed = CreateCompetition.safeParse({
    ...rest,
    task: name,
    taskConfig,
    evaluator: identityOf(task),
    thresholds: threshold,
  });
  if (!parsed.success) throw invalid(parsed.error);
  tell(await client.competitions.create(parsed.data), { ...shown, did: "opened" });
}

/** Changes a competition; thresholds change against the version that is in force now. */
export async function editCompetition(
  client: Client,
  { id, flags, ...shown }: Shown & { id: string; flags: CompetitionFlags },
): Promise<void> {
  const { threshold: thresholds, ...rest } = flags;
  if (Object.keys(flags).every((name) => name === "reason"))
    throw new CliError({ code: "CLI_USAGE" }, "nothing to change: give at least one flag");
  const given = thresholds === undefined ? {} : await newThresholds(client, { id, thresholds });
  const changed = await client.competitions.update({ id, ...rest, ...given });
  tell(changed, { ...shown, did: "changed" });
}

/** Pauses, resumes or archives a competition, with a reason for the audit log. */
export async function moveCompetition(
  client: Client,
  { id, to, reason, ...shown }: Shown & { id: string; to: "pause" | "resume" | "archive"; reason: string },
): Promise<void> {
  tell(await client.competitions[to]({ id, reason }), { ...shown, did: DONE[to] });
}

const DONE = { pause: "paused", resume: "resumed", archive: "archived" } as const;

function tell(competition: Competition, { did, ...shown }: Shown & { did: string }): void {
  const inWords = ({ id, name, status, startBlock, endBlock }: Competition) => {
    const from = startBlock === null ? "" : `, from block ${startBlock}`;
    const until = endBlock === null ? "" : `, until block ${endBlock}`;
    return `${did} ${id} "${name}": ${status}${from}${until}`;
  };
  show(competition, { ...shown, inWords });
}

/** All thresholds with the changes, and the version they are based on. */
async function newThresholds(
  client: Client,
  { id, thresholds }: { id: string; thresholds: Readonly<Record<string, number>> },
): Promise<{ thresholds: Thresholds; basedOn: number }> {
  const { thresholdsVersion: basedOn, thresholds: current } = await client.competitions.get({ id });
  const parsed = Thresholds.safeParse({ ...current, ...thresholds });
  if (!parsed.success) throw invalid(parsed.error);
  return { thresholds: parsed.data, basedOn };
}

function invalid(error: z.ZodError): CliError {
  return new CliError({ code: "CLI_USAGE" }, problemsIn(error));
}
