import type { Client } from "@assay/client";
import { type Competition, CreateCompetition, Thresholds } from "@assay/core";
import { identityOf } from "@assay/evaluator";
import type { z } from "zod";
import { CliError } from "../errors.ts";
import type { Output } from "../output.ts";
import { plainTable } from "../table.ts";
import { configuredTask } from "./task-config.ts";

type Shown = { readonly json: boolean; readonly out: Output };

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
export async function listCompetitions(client: Client, { json, out }: Shown): Promise<void> {
  const { items } = await client.competitions.list({});
  const rows = items.map(({ id, name, status, points, cycleBlocks, thresholds, thresholdsVersion }) => [
    id,
    name,
    status,
    points,
    cycleBlocks,
    `${thresholds.minSuccessRate} (v${thresholdsVersion})`,
  ]);
  if (json) out.result(JSON.stringify(items));
  else
    out.result(plainTable(["competition", "name", "status", "points", "cycle blocks", "success rate"], rows));
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

function tell(competition: Competition, { did, json, out }: Shown & { did: string }): void {
  const { id, name, status, startBlock, endBlock } = competition;
  const from = startBlock === null ? "" : `, from block ${startBlock}`;
  const until = endBlock === null ? "" : `, until block ${endBlock}`;
  if (json) out.result(JSON.stringify(competition));
  else out.result(`${did} ${id} "${name}": ${status}${from}${until}`);
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

function invalid({ issues }: z.ZodError): CliError {
  const problems = issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return new CliError({ code: "CLI_USAGE" }, problems.join("; "));
}
