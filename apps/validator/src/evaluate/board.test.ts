import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { signerFromUri } from "@assay/chain/wallet";
import { createClient } from "@assay/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { boardOf } from "./board.ts";

const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  const data = {
    code: "API_NOT_FOUND",
    message: "no such thing",
    facts: { kind: "path", id: "" },
    requestId: "1",
  };
  response.writeHead(404, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { message: data.message, code: -32_004, data } }));
});
beforeAll(() => new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening)));
afterAll(() => void server.close());

test("a backend that does not say who it is has not refused the result, and is not sent it", async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createClient({ url, netuid: 1, signer: await signerFromUri("//Validator") });
  const report = boardOf(client).reportResult({ body: "{}", signature: `0x${"00".repeat(64)}` });
  await expect(report).rejects.toMatchObject({
    code: "VALIDATOR_RECEIPT_KEY_UNKNOWN",
    cause: { code: "API_NOT_FOUND" },
  });
  expect(asked).toEqual([expect.stringMatching(/system\.info/)]);
});
