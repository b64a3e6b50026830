import { expect, test } from "vitest";
import { agentError, agentFailureOf } from "./agent-error.ts";

test("what an agent is blamed for is text that can be signed and stored, whatever names it chose", () => {
  const error = agentError("EVALUATOR_AGENT_TRAP", "Duplicate export name 'a\0b\ud800'");
  expect(agentFailureOf(error)).toEqual({
    code: "EVALUATOR_AGENT_TRAP",
    detail: "Duplicate export name 'a\ufffdb\ufffd'",
  });
});

test("names an agent chose can neither forge a line nor steer a terminal", () => {
  const error = agentError("EVALUATOR_AGENT_TRAP", "'a\u001b[2J\r\nb\u2028\u202ec'");
  expect(agentFailureOf(error)?.detail).toBe("'a\ufffd[2J\ufffd\ufffdb\ufffd\ufffdc'");
});

test("what is not the agent's fault is no failure of it", () => {
  expect(agentFailureOf(new Error("disk full"))).toBeUndefined();
});
