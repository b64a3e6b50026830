import { DatabaseSync } from "node:sqlite";
import { signerFromUri, verifySignature } from "@assay/chain/wallet";
import type { SignedSnapshot } from "@assay/core";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { createTables } from "../store/schema.ts";
import { findConflict, findKeptSnapshot } from "../store/snapshots.ts";
import { createAuthority, type SnapshotAbout, winner } from "../testing/authority.ts";
import { HOTKEY, IDENTITY } from "../testing/journal-rows.ts";
import { receiveSnapshot, type Trust } from "./receive.ts";

const SUBNET = { genesis: IDENTITY.genesis, netuid: 2, mechid: 0 };

let authority: Awaited<ReturnType<typeof createAuthority>>;
let trust: Trust;
let db: DatabaseSync;

beforeAll(async () => {
  authority = await createAuthority(SUBNET);
  trust = { ...SUBNET, ownerHotkey: authority.owner.address, block: 50, verify: verifySignature };
});

beforeEach(() => {
  db = new DatabaseSync(":memory:");
  createTables(db, IDENTITY);
});

async function receive(about: SnapshotAbout): Promise<unknown> {
  const verdict = await receiveSnapshot(db, await authority.sign(about), trust);
  return "error" in verdict ? `${verdict.kind} ${(verdict.error as { code?: string }).code}` : verdict.kind;
}

test("a new version is accepted and kept as it was received", async () => {
  const signed = await authority.sign({ version: 4 });
  expect(await receiveSnapshot(db, signed, trust)).toMatchObject({ kind: "accepted", body: { version: 4 } });
  expect(findKeptSnapshot(db)?.signed).toEqual(signed);
});

test("the same statement again is known, an older one is refused", async () => {
  expect(await receive({ version: 4 })).toBe("accepted");
  expect(await receive({ version: 4 })).toBe("known");
  expect(await receive({ version: 4, block: 20 })).toBe("known");
  expect(await receive({ version: 3 })).toBe("refused VALIDATOR_SNAPSHOT_OLDER");
  expect(findKeptSnapshot(db)?.version).toBe(4);
});

test("another vector under a version that was accepted holds until a newer version", async () => {
  await receive({ version: 4 });
  expect(await receive({ version: 4, vector: winner(HOTKEY) })).toBe("conflict VALIDATOR_SNAPSHOT_CONFLICT");
  expect(findConflict(db)?.version).toBe(4);
  expect(await receive({ version: 4 })).toBe("known");
  expect(findConflict(db)?.version).toBe(4);
  expect(await receive({ version: 5, vector: winner(HOTKEY) })).toBe("accepted");
  expect(findConflict(db)).toBeUndefined();
});

const GENESIS = `0x${"cd".repeat(32)}`;

test.each<[string, SnapshotAbout, string]>([
  ["a certificate for another chain", { certificate: { genesis: GENESIS } }, "CORE_CERTIFICATE_SCOPE"],
  ["a certificate for another subnet", { certificate: { netuid: 3 } }, "CORE_CERTIFICATE_SCOPE"],
  ["a certificate that is over", { certificate: { untilBlock: 50 } }, "CORE_CERTIFICATE_PERIOD"],
  ["a certificate that has not begun", { certificate: { fromBlock: 51 } }, "CORE_CERTIFICATE_PERIOD"],
  ["a certificate for another key", { certificate: { key: HOTKEY } }, "CORE_CERTIFICATE_KEY"],
  ["a snapshot for another chain", { forged: { genesis: GENESIS } }, "CORE_SNAPSHOT_SCOPE"],
  ["a snapshot for another mechanism", { forged: { mechid: 1 } }, "CORE_SNAPSHOT_SCOPE"],
  ["a hash that is not the vector's", { forged: { vectorHash: "00".repeat(32) } }, "CORE_SNAPSHOT_HASH"],
  ["rules of another subnet", { forged: { netuid: 3 } }, "CORE_SNAPSHOT_SCOPE"],
])("%s is refused", async (_, about, code) => {
  expect(await receive(about)).toBe(`refused ${code}`);
  expect(findKeptSnapshot(db)).toBeUndefined();
});

test("two keys whose certificates overlap are both trusted, until the old one's is over", async () => {
  const key = await signerFromUri("//NextKey");
  const next = { key, certificate: { key: key.address, fromBlock: 40 } };
  const former = { certificate: { untilBlock: 60 } };
  expect(await receive({ version: 1, ...former })).toBe("accepted");
  expect(await receive({ version: 2, ...next })).toBe("accepted");
  expect(await receive({ version: 3, ...former })).toBe("accepted");
  const later = { ...trust, block: 60 };
  const [old, fresh] = [
    await authority.sign({ version: 4, ...former }),
    await authority.sign({ version: 4, ...next }),
  ];
  expect(await receiveSnapshot(db, old, later)).toMatchObject({ kind: "refused" });
  expect(await receiveSnapshot(db, fresh, later)).toMatchObject({ kind: "accepted" });
});

test("only the owner that the chain names may certify", async () => {
  const stranger = await signerFromUri("//Stranger");
  expect(await receive({ owner: stranger })).toBe("refused CORE_CERTIFICATE_OWNER");
});

test("only the certified key may sign", async () => {
  expect(await receive({ key: await signerFromUri("//Stranger") })).toBe("refused CORE_CERTIFICATE_KEY");
});

const CHANGES: Record<string, (signed: SignedSnapshot) => unknown> = {
  "the body": (signed) => ({ ...signed, body: signed.body.replace('"burn":0', '"burn":1') }),
  "the signature": (signed) => ({ ...signed, signature: `0x${"11".repeat(64)}` }),
  "the certificate's signature": ({ certificate, ...rest }) => ({
    ...rest,
    certificate: { ...certificate, signature: `0x${"11".repeat(64)}` },
  }),
  "the certificate's body": ({ certificate, ...rest }) => ({
    ...rest,
    certificate: { ...certificate, body: certificate.body.replace("1000000", "9000000") },
  }),
  "the version outside": (signed) => ({ ...signed, version: 9 }),
  "half of the body": (signed) => ({ ...signed, body: signed.body.slice(0, 100) }),
  "the certificate's presence": (signed) => ({ ...signed, certificate: undefined }),
};

test.each(Object.keys(CHANGES))("a snapshot is refused if somebody changed %s", async (what) => {
  const changed = CHANGES[what]?.(await authority.sign()) as SignedSnapshot;
  expect(await receiveSnapshot(db, changed, trust)).toMatchObject({ kind: "refused" });
  expect(findKeptSnapshot(db)).toBeUndefined();
});
