import { CONNECTION_PURPOSE, CONNECTION_TARGET, requestBytes, sha256Hex } from "@assay/core";
import { expect, test } from "vitest";
import { connectionParams } from "./connection.ts";
import { readOptions } from "./settings.ts";
import { markingSigner, verifyMark } from "./testing/signer.ts";

const options = { url: "https://assay.example.org/base/", netuid: 7 };

test("whoever has no hotkey says only its key", async () => {
  expect(await connectionParams(readOptions(options), "token")).toEqual({ token: "token" });
});

test("whoever has one signs key, place and moment, each time anew", async () => {
  const signer = markingSigner();
  const settings = readOptions({ ...options, signer, clock: { now: () => 1_700_000_000_000 } });
  const [one, other] = [await connectionParams(settings, "token"), await connectionParams(settings, "token")];
  expect(one["nonce"]).not.toBe(other["nonce"]);
  const claims = {
    purpose: CONNECTION_PURPOSE,
    method: "GET" as const,
    target: CONNECTION_TARGET,
    audience: "https://assay.example.org",
    netuid: 7,
    signer: signer.address,
    timestampMs: 1_700_000_000_000,
    nonce: one["nonce"] ?? "",
    bodySha256: await sha256Hex("token"),
  };
  expect(one["timestampMs"]).toBe("1700000000000");
  expect(verifyMark(requestBytes(claims), one["signature"] ?? "", signer.address)).toBe(true);
});
