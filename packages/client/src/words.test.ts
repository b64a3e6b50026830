import { expect, test } from "vitest";
import { ClientError, type ClientErrorFacts } from "./errors.ts";

const path = "jobs.claim";

test.each<[ClientErrorFacts, RegExp]>([
  [
    { code: "CLIENT_UNREACHABLE", url: "http://nowhere", reason: "ECONNREFUSED" },
    /nowhere \(ECONNREFUSED\): look at/,
  ],
  [
    { code: "CLIENT_TIMEOUT", path, timeoutMs: 30_000 },
    /jobs\.claim .* 30000 ms; whether it was carried out/,
  ],
  [
    { code: "CLIENT_BAD_ANSWER", path, status: 502, reason: "text/html in place of JSON" },
    /no backend \(text\/html/,
  ],
  [{ code: "CLIENT_NO_SIGNER", path }, /make the client with a signer/],
  [{ code: "CLIENT_NO_API_KEY", path }, /needs an API key/],
])("%j says what to look at", (facts, says) => {
  expect(new ClientError(facts).message).toMatch(says);
});

test("words of the backend's own stay, and without any the facts are told", () => {
  const facts = { code: "CLIENT_BAD_RECEIPT", field: "sha256", expected: "a", actual: "b" } as const;
  expect(new ClientError(facts).message).toBe('CLIENT_BAD_RECEIPT: field "sha256", expected "a", actual "b"');
  expect(new ClientError({ code: "CLIENT_TIMEOUT", path, timeoutMs: 1 }, "own words").message).toBe(
    "own words",
  );
});
