import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { REQUEST_HEADERS, RequestHeaders } from "@assay/core";
import { expect, test } from "vitest";
import { type OutgoingRequest, signRequest } from "./sign.ts";
import { ALICE, markingSigner } from "./testing/signer.ts";

type Vector = {
  note: string;
  input: Omit<OutgoingRequest, "url"> & {
    url: string;
    netuid: number;
    signer: string;
    timestampMs: number;
    nonce: string;
  };
  expected: { signed: string; headers: Record<string, string> };
  signature: string;
};

const file = new URL("../../core/vectors/signed-request.json", import.meta.url);
const { vectors } = JSON.parse(readFileSync(fileURLToPath(file), "utf8")) as { vectors: Vector[] };

test.each(vectors)("signs $note as the vectors say", async ({ input, expected, signature }) => {
  const { signer: address, netuid, timestampMs, nonce, url, ...request } = input;
  let signed = "";
  const signer = {
    address,
    sign: (message: Uint8Array) => {
      signed = new TextDecoder().decode(message);
      return signature;
    },
  };
  const how = { signer, netuid, timestampMs, nonce };
  const headers = await signRequest({ ...request, url: new URL(url) }, how);
  expect(signed).toBe(expected.signed);
  expect(headers).toEqual({ ...expected.headers, [REQUEST_HEADERS.signature]: signature });
});

const request = {
  purpose: "jobs.claim",
  method: "POST" as const,
  url: new URL("http://a/trpc/jobs.claim"),
  body: "",
};
const how = { signer: markingSigner(), netuid: 7, timestampMs: 1_800_000_000_000 };

test("a backend can read the headers", async () => {
  const headers = await signRequest(request, how);
  const received = Object.entries(REQUEST_HEADERS).map(([field, name]) => [field, headers[name]]);
  expect(RequestHeaders.parse(Object.fromEntries(received))).toMatchObject({ signer: ALICE });
});

test("no two requests share a nonce", async () => {
  const nonces = new Set<string | undefined>();
  for (let count = 0; count < 100; count++)
    nonces.add((await signRequest(request, how))[REQUEST_HEADERS.nonce]);
  expect(nonces.size).toBe(100);
});

test("an address that breaks the grammar is not signed", async () => {
  const url = new URL("http://a/trpc/jobs.claim");
  await expect(signRequest({ ...request, url, purpose: "claim" }, how)).rejects.toMatchObject({
    code: "CORE_INVALID_DOCUMENT",
  });
});
