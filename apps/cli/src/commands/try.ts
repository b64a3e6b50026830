import { randomBytes } from "node:crypto";
import { type AgentFigures, type Interval, sha256Hex } from "@assay/core";
import { type Trial, tryAgent } from "@assay/evaluator";
import { CliError } from "../errors.ts";
import type { Output } from "../output.ts";
import { configuredTask } from "./task-config.ts";

export type TryFlags = {
  readonly task: string;
  readonly config?: string;
  readonly episodes: number;
  readonly seed?: string;
  readonly json: boolean;
};

/** Runs an agent here as a validator would, on seeds of our own; a repeated `--seed` repeats the trial. */
export async function runTrial(agent: Buffer, flags: TryFlags, out: Output): Promise<void> {
  const { task, config } = configuredTask(flags.task, flags.config);
  const seed = flags.seed ?? randomBytes(8).toString("hex");
  const { name } = task.spec;
  const trial = await tryAgent({ agent, task: name, config, episodes: flags.episodes, seed });
  const result = { task: name, sha256: await sha256Hex(agent), seed, ...succeeded(trial) };
  if (flags.json) out.result(JSON.stringify(result));
  else out.result(sentence(result));
}

type Success = AgentFigures & { readonly successInterval: Interval };

function succeeded({ failure, figures, successInterval }: Trial): Success {
  if (figures !== null && successInterval !== null) return { ...figures, successInterval };
  const { code = "unknown", detail = "" } = failure ?? {};
  const message = `the agent fails (${code}): ${detail}`;
  throw new CliError({ code: "CLI_AGENT_FAILED", failure: code, detail }, message);
}

type Result = Success & { readonly task: string; readonly seed: string };

function sentence({ task, seed, episodes, successInterval: { low, high }, ...figures }: Result): string {
  const percent = (share: number) => (share * 100).toFixed(1);
  const rate = `${percent(figures.successRate)} ± ${percent(figures.successRateError)} %`;
  const truth = `(truly ${percent(low)} to ${percent(high)} % with 95 % confidence)`;
  const reward = `${figures.meanReward.toFixed(3)} ± ${figures.meanRewardError.toFixed(3)}`;
  return `${task}: success ${rate} of ${episodes} episodes ${truth}, mean reward ${reward} (--seed ${seed})`;
}
