import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { REQUEST_HEADERS, RequestClaims, RequestHeaders, requestBytes } from "./signed-request.ts";

const claims: RequestClaims = {
  purpose: "submissions.create",
  method: "POST",
  target: "/trpc/submissions.create",
  audience: "https://backend.example:3000",
  netuid: 7,
  signer: `5${"A".repeat(47)}`,
  timestampMs: 1_700_000_000_000,
  nonce: "0f".repeat(16),
  bodySha256: "ab".repeat(32),
};
const text = (changes: Partial<RequestClaims> = {}) =>
  new TextDecoder().decode(requestBytes({ ...claims, ...changes }));

test("the scheme and nine fields, one a line", () => {
  expect(text().split("\n")).toEqual([
    "assay-v1",
    "submissions.create",
    "POST",
    "/trpc/submissions.create",
    "https://backend.example:3000",
    "7",
    claims.signer,
    "1700000000000",
    claims.nonce,
    claims.bodySha256,
  ]);
});

test.each([
  ["purpose", "submissions.create\nGET"],
  ["purpose", "submissions"],
  ["target", "/a b"],
  ["target", "/a\n/b"],
  ["audience", "https://backend.example\nhttps://other"],
  ["audience", ""],
  ["method", "PUT"],
  ["netuid", 65_536],
  ["netuid", Number.NaN],
  ["timestampMs", 1.5],
  ["timestampMs", -1],
  ["nonce", "0F".repeat(16)],
  ["nonce", "0f"],
  ["bodySha256", ""],
  ["signer", "not an address"],
])("a %s of %j is refused, also unsigned", (field, value) => {
  expect(refusalOf(() => requestBytes({ ...claims, [field]: value }))).toBe("CORE_INVALID_DOCUMENT");
  expect(RequestClaims.safeParse({ ...claims, [field]: value }).success).toBe(false);
});

test("two different requests never give the same bytes", () => {
  const target = fc.stringMatching(/^\/[!-~]{0,12}$/);
  const audience = fc.stringMatching(/^https:\/\/[a-z]{1,8}$/);
  const some = fc.record({ target, audience, netuid: fc.nat({ max: 9 }), timestampMs: fc.nat({ max: 9 }) });
  fc.assert(
    fc.property(some, some, (a, b) => {
      expect(text(a) === text(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});

const headers = {
  scheme: "assay-v1",
  signer: claims.signer,
  timestampMs: "1700000000000",
  nonce: claims.nonce,
  bodySha256: claims.bodySha256,
  signature: `0x${"cd".repeat(64)}`,
};

test("headers arrive as text and leave as claims", () => {
  expect(RequestHeaders.parse(headers)).toMatchObject({
    timestampMs: 1_700_000_000_000,
    nonce: claims.nonce,
  });
  expect(Object.keys(REQUEST_HEADERS).toSorted()).toEqual(Object.keys(headers).toSorted());
});

test.each([
  ["scheme", "assay-v2"],
  ["timestampMs", "soon"],
  ["timestampMs", "1.5"],
  ["timestampMs", undefined],
  ["signature", "0x00"],
  ["signature", undefined],
  ["nonce", undefined],
])("a header %s of %j is refused", (field, value) => {
  expect(RequestHeaders.safeParse({ ...headers, [field]: value }).success).toBe(false);
});
