import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signerFromUri } from "@assay/chain/wallet";
import {
  type CertificateBody,
  type Receipt,
  type ReceiptBody,
  type ResultReceiptBody,
  type Signer,
  signCertificate,
  signStatement,
} from "@assay/core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { assay } from "../../testing/assay.ts";

const home = mkdtempSync(join(tmpdir(), "assay-receipts-"));
const NETUID = 7;
const ABOUT = {
  netuid: NETUID,
  submissionId: "submission_019a0000-0000-7000-8000-000000000001",
  sha256: "ab".repeat(32),
  acceptedAt: "2026-01-01T00:00:00.000Z",
};

let owner: Signer;
let backend: Signer;
let certificate: string;

beforeAll(async () => {
  vi.stubEnv("ASSAY_HOME", home);
  [owner, backend] = [await signerFromUri("//Owner"), await signerFromUri("//Backend")];
  certificate = await certified();
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

function file(name: string, content: unknown): string {
  const path = join(home, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

async function certified(changed: Partial<CertificateBody> = {}, name = "certificate.json"): Promise<string> {
  const period = { fromBlock: 100, untilBlock: 200 };
  const about = { genesis: `0x${"00".repeat(32)}`, netuid: NETUID, key: backend.address, ...period };
  const body = { scheme: "assay-certificate-v1" as const, ...about, ...changed };
  return file(name, await signCertificate(body, owner));
}

async function submissionReceipt(changed: Partial<ReceiptBody> = {}, by = backend): Promise<Receipt> {
  const body: ReceiptBody = {
    scheme: "assay-receipt-v1",
    ...ABOUT,
    competitionId: "competition_019a0000-0000-7000-8000-000000000002",
    hotkey: owner.address,
    acceptedAtBlock: 150,
    sequence: 3,
    ...changed,
  };
  return { ...(await signStatement(body, by)), key: by.address };
}

async function resultReceipt(attempt: number): Promise<Receipt> {
  const body: ResultReceiptBody = {
    scheme: "assay-result-receipt-v1",
    ...ABOUT,
    cycleId: "cycle_019a0000-0000-7000-8000-000000000003",
    jobId: "job_019a0000-0000-7000-8000-000000000004",
    validator: owner.address,
    attempt,
  };
  return { ...(await signStatement(body, backend)), key: backend.address };
}

const verify = (receipts: string, ...more: string[]) =>
  assay("receipts", "verify", receipts, "--certificate", certificate, ...more);

test("a miner's receipt holds by the certificate alone, and says what it proves", async () => {
  const ran = await verify(file("mine.json", await submissionReceipt()));
  expect(ran.code).toBe(0);
  const said = ran.results.join("\n");
  for (const part of [": holds", "number 3 in block 150", ABOUT.sha256, `${owner.address} has certified`])
    expect(said).toContain(part);
});

test("what a validator printed is verified line by line", async () => {
  const lines = await Promise.all(
    [1, 2].map(async (attempt) => ({ attempt, receipt: await resultReceipt(attempt) })),
  );
  const printed = file("results.jsonl", `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  const ran = await verify(printed, "--json");
  const verdicts = JSON.parse(ran.results.join("")) as { says: ResultReceiptBody; problem: null }[];
  expect(verdicts.map(({ says, problem }) => [says.attempt, problem])).toEqual([
    [1, null],
    [2, null],
  ]);
});

test("a certificate may also come in a signed snapshot, and a later key has one of its own", async () => {
  const next = await signerFromUri("//Next");
  const later = await submissionReceipt({ acceptedAtBlock: 250 }, next);
  const receipts = file("later.json", later);
  expect((await verify(receipts)).code).toBe(1);
  const body = { key: next.address, fromBlock: 200, untilBlock: 300 };
  const certificateOfNext = JSON.parse(readFileSync(await certified(body, "next.json"), "utf8")) as object;
  const snapshot = file("snapshot.json", { version: 3, certificate: certificateOfNext });
  expect(await verify(receipts, "--certificate", snapshot)).toMatchObject({ code: 0 });
});

test.each<[string, () => Promise<Receipt>, string]>([
  [
    "changed after it was signed",
    async () => {
      const receipt = await submissionReceipt();
      return { ...receipt, body: receipt.body.replace('"sequence":3', '"sequence":1') };
    },
    "CORE_BAD_SIGNATURE",
  ],
  ["signed by a key nobody certified", () => submissionReceipt({}, owner), "no certificate given here"],
  ["of another subnet", () => submissionReceipt({ netuid: 8 }), "for subnet 8"],
  [
    "of a block before the certificate",
    () => submissionReceipt({ acceptedAtBlock: 99 }),
    "was not certified",
  ],
  [
    "of the block the certificate ends at",
    () => submissionReceipt({ acceptedAtBlock: 200 }),
    "was not certified",
  ],
  [
    "that is some other statement of the backend",
    async () => ({ ...(await signStatement({ scheme: "assay-other-v1" }, backend)), key: backend.address }),
    "CORE_INVALID_DOCUMENT",
  ],
])("a receipt %s proves nothing", async (_what, receipt, why) => {
  const ran = await verify(file("bad.json", await receipt()));
  expect([ran.code, ran.results.join("\n")]).toEqual([1, expect.stringContaining("proves nothing")]);
  expect(ran.results.join("\n")).toContain(why);
});

test("a certificate that was changed convinces nobody", async () => {
  const text = readFileSync(certificate, "utf8");
  const forged = file("forged.json", text.replace('\\"netuid\\":7', '\\"netuid\\":8'));
  const ran = await assay(
    "receipts",
    "verify",
    file("x.json", await submissionReceipt()),
    "--certificate",
    forged,
  );
  expect(ran).toMatchObject({ code: 1, notes: expect.stringContaining("CORE_BAD_SIGNATURE") });
});

test("what is kept is listed, and verified when no file is named", async () => {
  expect((await assay("receipts")).results).toEqual(["no receipts"]);
  expect(await assay("receipts", "verify", "--certificate", certificate)).toMatchObject({ code: 1 });
  mkdirSync(join(home, "receipts"));
  file("receipts/one.json", await submissionReceipt());
  expect((await assay("receipts")).results.join("")).toMatch(/one\.json: agent submission_.*number 3/);
  const ran = await assay("receipts", "verify", "--certificate", certificate);
  expect(ran).toMatchObject({ code: 0, results: [expect.stringContaining("one.json: holds")] });
});

test.each([
  ["a file that holds something else", "{}"],
  ["an empty line of work", '{"attempt":1}\n{"attempt":2}'],
])("%s is refused by name", async (_what, text) => {
  expect(await verify(file("other.json", text))).toMatchObject({
    code: 1,
    notes: expect.stringContaining("other.json holds something that is no receipt"),
  });
});
