import { expect, test } from "vitest";
import { decodeFailure } from "./decode-failure.ts";
import { decodeLoad, encodeLoad } from "./messages.ts";

test("a load message survives its encoding", () => {
  const message = {
    artefact: Uint8Array.of(1, 2, 3),
    setup: {
      initialPages: 1,
      maximumPages: 2,
      observationLength: 3,
      actionLength: 4,
      observationOffset: 5,
      actionOffset: 6,
    },
    limits: { turnMs: 7, totalMs: 8.5, processBytes: 9 },
  };
  expect(decodeLoad(encodeLoad(message))).toEqual(message);
});

test("a failure the agent's process reports becomes an error that blames the agent", () => {
  const payload = Buffer.from(JSON.stringify({ code: "EVALUATOR_AGENT_TRAP", detail: "unreachable" }));
  expect(decodeFailure(payload)).toMatchObject({ code: "EVALUATOR_AGENT_TRAP", message: "unreachable" });
});

test.each(["", "[]", "null", '{"code":"EVALUATOR_CLOSED"}', '{"code":7}', "{"])(
  "%j as a failure is the sandbox's fault",
  (text) => {
    expect(decodeFailure(Buffer.from(text)).code).toBe("EVALUATOR_SANDBOX_FAULT");
  },
);
