import { beforeAll, expect, test } from "vitest";
import { canonicalJson, type Json } from "../canonical/canonical-json.ts";
import { signingKey } from "../canonical/test/signing-key.ts";
import type { CertificateBody, SignedSnapshot, SnapshotBody } from "../schema/snapshot.ts";
import { asyncRefusalOf } from "../test/refusal.ts";
import { buildSnapshotBody } from "./build.ts";
import { type OpenInput, openSnapshot } from "./open.ts";
import { signCertificate } from "./sign.ts";
import { newSubnet, rulesOf, signedSnapshot, snapshotInput } from "./test/snapshots.ts";

const subnet = newSubnet();
const { owner, known } = subnet;
let genuine: SignedSnapshot;
let genuineBody: SnapshotBody;
beforeAll(async () => {
  genuine = await signedSnapshot(subnet);
  genuineBody = await buildSnapshotBody(snapshotInput());
});

const refusal = (signed: SignedSnapshot, changes: Partial<OpenInput> = {}) =>
  asyncRefusalOf(openSnapshot({ ...known, signed, ...changes }));
const withBody = (body: Partial<SnapshotBody>) => signedSnapshot(subnet, { body });
const withCertificate = (certificate: Partial<CertificateBody>) => signedSnapshot(subnet, { certificate });

test("a genuine snapshot opens to its body", async () => {
  expect(await openSnapshot({ ...known, signed: genuine })).toEqual(genuineBody);
});

test("how far the audit log had come is signed with the rest", async () => {
  const auditHead = { sequence: 12, hash: "ab".repeat(32) };
  const signed = await withBody({ auditHead });
  expect(await openSnapshot({ ...known, signed })).toEqual({ ...genuineBody, auditHead });
  const changed = { ...signed, body: signed.body.replace('"sequence":12', '"sequence":11') };
  expect(await refusal(changed)).toBe("CORE_BAD_SIGNATURE");
});

test("a certificate by anybody but the owner on chain is refused", async () => {
  expect(await refusal(genuine, { ownerHotkey: signingKey().address })).toBe("CORE_CERTIFICATE_OWNER");
});

test("a certificate that only claims to be the owner's is refused", async () => {
  const thief = signingKey();
  const body = { ...subnet.certificateBody, key: thief.address };
  const forged = { ...(await signCertificate(body, thief)), ownerHotkey: owner.address };
  const signed = { ...(await signedSnapshot(subnet, { signer: thief })), certificate: forged };
  expect(await refusal(signed)).toBe("CORE_BAD_SIGNATURE");
});

test("a certificate for another chain or subnet is refused", async () => {
  expect(await refusal(await withCertificate({ netuid: 8 }))).toBe("CORE_CERTIFICATE_SCOPE");
  const elsewhere = await withCertificate({ genesis: `0x${"00".repeat(32)}` });
  expect(await refusal(elsewhere)).toBe("CORE_CERTIFICATE_SCOPE");
});

test("a certificate counts from its first block up to, not including, its last", async () => {
  for (const block of [500, 4999]) expect(await refusal(genuine, { block })).toBeUndefined();
  for (const block of [499, 5000]) expect(await refusal(genuine, { block })).toBe("CORE_CERTIFICATE_PERIOD");
});

test("a key that the certificate does not name is refused", async () => {
  expect(await refusal(await signedSnapshot(subnet, { signer: signingKey() }))).toBe("CORE_CERTIFICATE_KEY");
});

test("a body that was changed after signing is refused", async () => {
  const changed = { ...genuine, body: genuine.body.replace('"burn":0', '"burn":1') };
  expect(await refusal(changed)).toBe("CORE_BAD_SIGNATURE");
  expect(await refusal({ ...genuine, signature: `0x${"00".repeat(64)}` })).toBe("CORE_BAD_SIGNATURE");
});

test("a signature for another purpose never serves as a snapshot's", async () => {
  const { authority, certificateBody } = subnet;
  const { body, signature } = await signCertificate(certificateBody, authority);
  expect(await refusal({ ...genuine, body, signature })).toBe("CORE_INVALID_DOCUMENT");
});

test("a signed text that is not canonical, or no JSON, is refused", async () => {
  const resigned = async (body: string) => ({
    ...genuine,
    body,
    signature: await subnet.authority.sign(new TextEncoder().encode(body)),
  });
  const spaced = genuine.body.replace(":", ": ");
  expect(await refusal(await resigned(spaced))).toBe("CORE_NOT_CANONICAL");
  expect(await refusal(await resigned("{"))).toBe("CORE_INVALID_DOCUMENT");
});

test("a snapshot for another chain, subnet or mechanism is refused", async () => {
  expect(await refusal(await withBody({ genesis: `0x${"00".repeat(32)}` }))).toBe("CORE_SNAPSHOT_SCOPE");
  expect(await refusal(await withBody({ netuid: 8, rules: rulesOf({ netuid: 8 }) }))).toBe(
    "CORE_SNAPSHOT_SCOPE",
  );
  expect(await refusal(genuine, { mechid: 1 })).toBe("CORE_SNAPSHOT_SCOPE");
});

test("a version that differs from the signed one is refused", async () => {
  expect(await refusal({ ...genuine, version: 4 })).toBe("CORE_SNAPSHOT_VERSION");
});

test("rules of another subnet or not yet in force are refused, also when signed", async () => {
  expect(await refusal(await withBody({ rules: rulesOf({ netuid: 8 }) }))).toBe("CORE_INVALID_DOCUMENT");
  expect(await refusal(await withBody({ rules: rulesOf({ fromBlock: 1001 }) }))).toBe(
    "CORE_INVALID_DOCUMENT",
  );
});

test("a vector that does not give the stated hash is refused", async () => {
  const [agents] = genuineBody.instances;
  const burning = { policy: "burn" as const, entries: [], burn: 1_000_000_000 };
  const swapped = await withBody({ instances: [{ ...agents!, vector: burning }] });
  expect(await refusal(swapped)).toBe("CORE_SNAPSHOT_HASH");
});

test("vectors of instances the rules do not name are refused", async () => {
  const [agents] = genuineBody.instances;
  const renamed = await withBody({ instances: [{ ...agents!, id: "other" }] });
  expect(await refusal(renamed)).toBe("CORE_INSTANCE_MISMATCH");
});

test("a vector that does not sum to one is refused, whoever signs it", async () => {
  const [agents] = genuineBody.instances;
  const short = { ...agents!.vector, burn: 1 };
  expect(await refusal(await withBody({ instances: [{ ...agents!, vector: short }] }))).toBe(
    "CORE_INVALID_DOCUMENT",
  );
});

test("no single changed character of the body passes", async () => {
  const text = genuine.body;
  const middle = Math.floor(text.length / 2);
  for (const at of [0, 10, middle, text.length - 1]) {
    const body = `${text.slice(0, at)}${text[at] === "1" ? "2" : "1"}${text.slice(at + 1)}`;
    expect(await refusal({ ...genuine, body })).toBe("CORE_BAD_SIGNATURE");
  }
  expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
});
