import { EvaluatorError } from "./errors.ts";
import { AGENT_FAILURE_CODES, type AgentFailure, type AgentFailureCode } from "./failure.ts";

const MAX_DETAIL = 500;

export function agentCode(code: unknown): AgentFailureCode | undefined {
  return AGENT_FAILURE_CODES.find((known) => known === code);
}

/** The agent's failure an error stands for; undefined if it is the evaluator's own. */
export function agentFailureOf(error: unknown): AgentFailure | undefined {
  if (!(error instanceof EvaluatorError)) return undefined;
  const code = agentCode(error.code);
  return code === undefined ? undefined : { code, detail: plain(error.message) };
}

/** Control and direction characters and line ends: what could forge a log line or steer a terminal. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text that can be signed, stored and shown, even if a message should quote what the agent chose. */
function plain(message: string): string {
  return message.slice(0, MAX_DETAIL).toWellFormed().replace(UNPRINTABLE, "\ufffd");
}

/** An error that blames the agent; inside the evaluator failures travel as errors, its callers get answers. */
export function agentError(code: Exclude<AgentFailureCode, "EVALUATOR_AGENT_REFUSED">, detail: string) {
  return new EvaluatorError({ code, detail }, detail);
}
