import { z } from "zod";
import { agentError } from "../agent-error.ts";
import { ROW_HEAD } from "../sandbox/lanes.ts";
import type { Task } from "../task.ts";

type Lengths = Pick<Task, "observationLength" | "actionLength">;

/** The first line an agent reads: what it is to do. */
export function greeting({ spec, observationLength, actionLength }: Task): string {
  const { name: task, version } = spec;
  return JSON.stringify({ protocol: "assay-agent-v1", task, version, observationLength, actionLength });
}

/** One line for a turn: an observation for each of the episodes that run side by side. */
export function turnLine(turn: number, { rows, lengths }: { rows: Float64Array; lengths: Lengths }): string {
  const width = ROW_HEAD + lengths.observationLength;
  const episodes = Array.from({ length: Math.floor(rows.length / width) }, (_, i) => {
    const [lane, isFresh, ...observation] = rows.subarray(i * width, (i + 1) * width);
    return { lane, fresh: isFresh === 1, observation };
  });
  return JSON.stringify({ turn, episodes });
}

const ReadyLine = z.object({ ready: z.literal(true) });

/** Refuses any answer to the greeting but `{"ready":true}`. */
export function readReady(line: string): void {
  if (!ReadyLine.safeParse(json(line)).success) throw invalid('the first line is not {"ready":true}');
}

type Expected = { readonly turn: number; readonly count: number; readonly actionLength: number };

/** The numbers of an answer; only its form is looked at here, what they mean is the task's business. */
export function readActions(line: string, { turn, count, actionLength }: Expected): Float64Array {
  const Answer = z.object({
    turn: z.literal(turn),
    actions: z.array(z.array(z.number()).length(actionLength)).length(count),
  });
  const { success, data } = Answer.safeParse(json(line));
  if (success) return Float64Array.from(data.actions.flat());
  throw invalid(
    `turn ${turn}: the answer is not {"turn":${turn},"actions":[…]} with ${count} × ${actionLength} numbers`,
  );
}

function invalid(detail: string) {
  return agentError("EVALUATOR_AGENT_INVALID_ACTION", detail);
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
