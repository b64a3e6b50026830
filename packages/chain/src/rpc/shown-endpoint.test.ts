import { expect, test } from "vitest";
import { shownEndpoint } from "./shown-endpoint.ts";

test.each([
  ["ws://127.0.0.1:9944", "ws://127.0.0.1:9944"],
  ["wss://entrypoint-finney.opentensor.ai:443", "wss://entrypoint-finney.opentensor.ai"],
  ["wss://node.example.org/0123456789abcdef", "wss://node.example.org/…"],
  ["wss://node.example.org/ws?apikey=0123456789abcdef", "wss://node.example.org/…"],
  ["wss://me:0123456789abcdef@node.example.org:9944", "wss://node.example.org:9944/…"],
])("%s is told as %s", (endpoint, shown) => {
  expect(shownEndpoint(endpoint)).toBe(shown);
});
