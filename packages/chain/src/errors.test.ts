import { expect, test } from "vitest";
import { ChainError, factsOf, RETRYABLE } from "./errors.ts";

test("only what time may cure is retryable", () => {
  const retryable = Object.entries(RETRYABLE).flatMap(([code, value]) => (value ? [code] : []));
  expect(retryable).toEqual([
    "CHAIN_UNREACHABLE",
    "CHAIN_TIMEOUT",
    "CHAIN_DISCONNECTED",
    "CHAIN_ENDPOINT_LAGGING",
    "CHAIN_SENDER_BUSY",
  ]);
});

test("an error knows whether it is retryable", () => {
  expect(new ChainError({ code: "CHAIN_CLOSED", endpoint: "ws://a" }).retryable).toBe(false);
  expect(new ChainError({ code: "CHAIN_TIMEOUT", what: "x", deadlineMs: 1 }).retryable).toBe(true);
});

test("facts are given for their own code only", () => {
  const error = new ChainError({ code: "CHAIN_BLOCK_UNKNOWN", block: "7" });
  expect(factsOf(error, "CHAIN_BLOCK_UNKNOWN")).toEqual({ code: "CHAIN_BLOCK_UNKNOWN", block: "7" });
  expect(factsOf(error, "CHAIN_TIMEOUT")).toBeUndefined();
  expect(factsOf(new Error("7"), "CHAIN_BLOCK_UNKNOWN")).toBeUndefined();
});
