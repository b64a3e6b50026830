import fc from "fast-check";
import { expect, test } from "vitest";
import { readFrame } from "./frame.ts";

const kindOf = (message: unknown) => readFrame(JSON.stringify(message)).kind;
const error = { code: -32_001, message: "no", data: { code: "API_INVALID_KEY", message: "no", facts: {} } };

test("tells answers, refusals and requests apart", () => {
  expect(kindOf({ id: 1, result: { type: "started" } })).toBe("answer");
  expect(kindOf({ id: 1, result: { type: "data", data: {} } })).toBe("answer");
  expect(kindOf({ id: 1, error })).toBe("answer");
  expect(kindOf({ id: null, method: "reconnect" })).toBe("reconnect");
  expect(readFrame(JSON.stringify({ id: null, error }))).toMatchObject({
    kind: "refusal",
    error: { code: "API_INVALID_KEY" },
  });
});

test("whatever else it is, it is malformed", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(readFrame(text)).toEqual({ kind: "malformed" });
    }),
  );
  expect(readFrame(new ArrayBuffer(3))).toEqual({ kind: "malformed" });
});

test("an answer has a request and a type", () => {
  const types = fc.constantFrom("started", "stopped", "data", "state", null, 1);
  const message = fc.record(
    {
      id: fc.oneof(fc.nat(), fc.constant(null), fc.string()),
      result: fc.oneof(fc.record({ type: types }), fc.constant(null), fc.jsonValue()),
      error: fc.oneof(fc.constant(error), fc.jsonValue()),
      method: fc.oneof(fc.constant("reconnect"), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(message, (value) => {
      const frame = readFrame(JSON.stringify(value));
      if (frame.kind !== "answer") return;
      const { id, result } = frame.message as { id: unknown; result?: { type: unknown } };
      expect(typeof id).toBe("number");
      expect(["started", "stopped", "data", undefined]).toContain(result?.type);
    }),
  );
});
