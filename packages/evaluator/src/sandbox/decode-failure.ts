import { agentCode, agentError } from "../agent-error.ts";
import { EvaluatorError } from "../errors.ts";
import { refuse } from "../inspect/refuse.ts";

/** The error a failure frame stands for; the process that wrote it is not trusted to know our codes. */
export function decodeFailure(payload: Uint8Array): EvaluatorError {
  const { code, detail } = parse(Buffer.from(payload).toString());
  const known = agentCode(code);
  if (known === undefined)
    return new EvaluatorError({ code: "EVALUATOR_SANDBOX_FAULT", detail: "unknown failure code" });
  if (known === "EVALUATOR_AGENT_REFUSED") return refuse("invalid", String(detail));
  return agentError(known, String(detail));
}

function parse(text: string): { code?: unknown; detail?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
