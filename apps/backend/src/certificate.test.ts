import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signerFromUri } from "@assay/chain/wallet";
import { type CertificateBody, signCertificate } from "@assay/core";
import { afterAll, expect, test } from "vitest";
import { readCertificate } from "./certificate.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-certificate-"));
afterAll(() => rmSync(folder, { recursive: true }));

const genesis = `0x${"1".repeat(64)}`;
const owner = await signerFromUri("//Owner");
const { address: key } = await signerFromUri("//snapshots");
const file = join(folder, "certificate.json");

async function certificate(changed: Partial<CertificateBody> = {}) {
  const body = { genesis, netuid: 1, key, fromBlock: 0, untilBlock: 100, ...changed };
  return signCertificate({ ...body, scheme: "assay-certificate-v1" }, owner);
}

async function problemOf(content: object | string): Promise<string | undefined> {
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  try {
    await readCertificate({ file, key, genesis, netuid: 1 });
    return undefined;
  } catch (error) {
    return (error as { facts: { problem: string } }).facts.problem;
  }
}

test("the owner's certificate of this key, chain and subnet is accepted", async () => {
  expect(await problemOf(await certificate())).toBeUndefined();
});

test.each([
  ["another key", { key: owner.address }, "its key is"],
  ["another chain", { genesis: `0x${"2".repeat(64)}` }, "its genesis is"],
  ["another subnet", { netuid: 2 }, "its netuid is"],
])("one for %s is refused", async (_what, changed, problem) => {
  expect(await problemOf(await certificate(changed))).toContain(problem);
});

test("one that somebody else signed in the owner's name is refused", async () => {
  const forged = { ...(await certificate()), ownerHotkey: key };
  expect(await problemOf(forged)).toContain(`it is not signed by ${key}`);
});

test("what is no certificate, and no file, is refused", async () => {
  expect(await problemOf("{}")).toContain("body");
  expect(await problemOf("nonsense")).toContain("JSON");
  const missing = readCertificate({ file: join(folder, "none"), key, genesis, netuid: 1 });
  await expect(missing).rejects.toMatchObject({ code: "API_CERTIFICATE_INVALID" });
});
