import fc from "fast-check";
import { expect, test } from "vitest";
import { parseMessage } from "./message.ts";

const parsed = (message: unknown) => parseMessage(JSON.stringify(message));

test("a result, also null, answers its request", () => {
  expect(parsed({ jsonrpc: "2.0", id: 3, result: "0x01" })).toEqual({
    kind: "result",
    id: 3,
    result: "0x01",
  });
  expect(parsed({ jsonrpc: "2.0", id: 4, result: null })).toEqual({ kind: "result", id: 4, result: null });
});

test("an error carries its code and the detail a pool puts into data", () => {
  const error = { code: 1010, message: "Invalid Transaction", data: "Custom error: 6" };
  expect(parsed({ id: 5, error })).toEqual({
    kind: "error",
    id: 5,
    rpcCode: 1010,
    reason: "Invalid Transaction: Custom error: 6",
  });
  expect(parsed({ id: 6, error: { message: "no" } })).toMatchObject({ rpcCode: 0, reason: "no" });
});

test("news names its subscription, by text or by number", () => {
  const news = (subscription: unknown) =>
    parsed({ method: "chain_finalizedHead", params: { subscription, result: 1 } });
  expect(news("abc")).toEqual({ kind: "news", subscription: "abc", result: 1 });
  expect(news(12)).toEqual({ kind: "news", subscription: "12", result: 1 });
});

test.each([
  "",
  "{",
  "null",
  "[1]",
  "7",
  '{"id":1}',
  '{"id":"1","result":1}',
  '{"method":"x"}',
  '{"method":"x","params":{"subscription":{}}}',
])("%j is malformed", (text) => {
  expect(parseMessage(text)).toEqual({ kind: "malformed" });
});

test("no text makes it throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(parseMessage(text).kind).toMatch(/^(result|error|news|malformed)$/);
    }),
  );
});
