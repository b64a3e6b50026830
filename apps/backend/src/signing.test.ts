import { rename, writeFile } from "node:fs/promises";
import { signerFromUri, verifySignature } from "@assay/chain/wallet";
import { createClient } from "@assay/client";
import { openSnapshot, type SignedSnapshot, signCertificate } from "@assay/core";
import { latestSnapshot } from "@assay/db";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordSigningKey } from "./audit/signing-key.ts";
import { broadcastDuty, scoringDuty } from "./duties/scoring.ts";
import { openSigning, type SigningKey } from "./signing.ts";
import { snapshotView } from "./snapshots/view.ts";
import { createDesk, type Desk } from "./testing/desk.ts";
import { createWorld, hotkeyOf, NETUID, type World } from "./testing/world.ts";

/** The first certificate of every world ends here. */
const FIRST_END = 1_000_000;
const LATER_END = 2_000_000;

let world: World;
let desk: Desk;
let lagging: Desk;
beforeAll(async () => {
  world = await createWorld();
  [desk, lagging] = [await createDesk(world), await createDesk(world)];
  await desk.run(scoringDuty(desk.backend, { everySeconds: 300 }));
}, 60_000);
afterAll(async () => {
  await desk.close();
  await lagging.close();
  await world.close();
});

/** Puts a file in another's place, as `mv` does. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function putKey(uri: string): Promise<string> {
  await replace(world.settings.snapshotKeyFile, uri);
  return (await signerFromUri(uri)).address;
}

type About = { key: string; fromBlock?: number; untilBlock?: number; by?: string };

async function putCertificate({ key, fromBlock = 0, untilBlock = LATER_END, by = "Owner" }: About) {
  const { genesisHash: genesis } = world.chain;
  const body = {
    scheme: "assay-certificate-v1" as const,
    genesis,
    netuid: NETUID,
    key,
    fromBlock,
    untilBlock,
  };
  const certificate = await signCertificate(body, await hotkeyOf(by));
  await replace(world.settings.snapshotCertificateFile, JSON.stringify(certificate));
}

/** What a validator says of a snapshot at a block. */
async function verdictOn(signed: SignedSnapshot, block: number): Promise<string> {
  const { address: ownerHotkey } = await hotkeyOf("Owner");
  const subnet = { genesis: world.chain.genesisHash, netuid: NETUID, mechid: 0, ownerHotkey };
  const opened = openSnapshot({ signed, block, ...subnet, verify: verifySignature });
  return opened.then(
    () => "accepted",
    (error: { code: string }) => error.code,
  );
}

async function newest(): Promise<SignedSnapshot> {
  const row = await latestSnapshot(world.db, desk.backend);
  if (row === undefined) throw new Error("no snapshot");
  return snapshotView(row);
}

/** What the audit log says of signing keys, newest first. */
async function keyActs() {
  return (await desk.as("admin").audit.list({ action: "signing-key.use" })).items;
}

const broadcast = async (from: Desk) => {
  world.clock.advance(10_000);
  await from.run(broadcastDuty(from.backend, { everySeconds: 3_600 }));
  return newest();
};
const { address: sound } = await signerFromUri("//sound");
const keyInUse = () => desk.backend.signing.current().signer.address;

test("a key is used once its certificate is in force, and at once signs a snapshot of its own", async () => {
  const first = await newest();
  const former = keyInUse();
  const start = (await desk.blocks(1)) + 5;
  const key = await putKey("//next snapshots");
  await desk.backend.signing.refresh();
  expect(keyInUse()).toBe(former);
  await putCertificate({ key, fromBlock: start });
  await desk.backend.signing.refresh();
  expect([keyInUse(), await broadcast(desk)]).toEqual([former, first]);

  await desk.blocks(5);
  await desk.backend.signing.refresh();
  expect(keyInUse()).toBe(key);
  const certified = {
    certifiedBy: (await hotkeyOf("Owner")).address,
    fromBlock: start,
    untilBlock: LATER_END,
  };
  expect(await keyActs()).toMatchObject([{ target: key, facts: certified }, { target: former }]);
  expect(await desk.as("viewer").system.info()).toMatchObject({ snapshotKey: key });
  const second = await broadcast(desk);
  expect(second).toMatchObject({ version: first.version + 1, key });

  expect(await broadcast(lagging)).toEqual(second);
  expect(lagging.backend.signing.current().signer.address).toBe(former);
  const during = [await verdictOn(first, start), await verdictOn(second, start)];
  const after = [await verdictOn(first, FIRST_END), await verdictOn(second, FIRST_END)];
  expect(during).toEqual(["accepted", "accepted"]);
  expect(after).toEqual(["CORE_CERTIFICATE_PERIOD", "accepted"]);
});

test("a key that cannot be recorded is not taken up until it can", async () => {
  const { snapshotKeyFile: keyFile, snapshotCertificateFile: certificateFile } = world.settings;
  const { genesis, netuid, subnet, log } = desk.backend;
  const outcomes = [undefined, new Error("the database is away")];
  const record = async () => {
    const failure = outcomes.shift();
    if (failure !== undefined) throw failure;
  };
  const { key } = await newest();
  const signing = await openSigning({ keyFile, certificateFile, genesis, netuid, subnet, log, record });
  const { certificate } = signing.current();
  await putCertificate({ key, untilBlock: LATER_END - 1 });
  await signing.refresh();
  expect(signing.current().certificate).toEqual(certificate);
  await signing.refresh();
  expect(signing.current().certificate).not.toEqual(certificate);
});

test("a longer certificate of the same key is taken up, too, and by all replicas is one act", async () => {
  const { version, key } = await newest();
  const before = await keyActs();
  await putCertificate({ key, untilBlock: LATER_END + 1 });
  await Promise.all([desk.backend.signing.refresh(), lagging.backend.signing.refresh()]);
  expect((await keyActs()).length).toBe(before.length + 1);
  const again = await broadcast(desk);
  expect(again).toMatchObject({ version: version + 1, key });
  expect(await verdictOn(again, LATER_END)).toBe("accepted");
});

test("a running backend signs with the new key without a restart", async () => {
  const { url } = await world.launch();
  const client = createClient({ url, netuid: NETUID });
  const key = await putKey("//third snapshots");
  await putCertificate({ key, untilBlock: LATER_END + 2 });
  const inUse = async () => (await client.system.info()).snapshotKey;
  await expect.poll(inUse, { timeout: 60_000, interval: 100 }).toBe(key);
}, 90_000);

test.each<[string, () => Promise<unknown>, number]>([
  ["a key without a certificate of its own", () => putKey("//stranger"), 1],
  ["a certificate by somebody else than the owner", () => putCertificate({ key: sound, by: "Mia" }), 0],
  ["a certificate that has ended", () => putCertificate({ key: sound, untilBlock: 1 }), 0],
  ["no certificate", () => replace(world.settings.snapshotCertificateFile, "{"), 1],
])("%s changes nothing, and is said no more than once", async (_what, put, said) => {
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  const { snapshotKeyFile: keyFile, snapshotCertificateFile: certificateFile } = world.settings;
  await putCertificate({ key: await putKey("//sound") });
  const { genesis, netuid, subnet } = desk.backend;
  const record = (key: SigningKey) => recordSigningKey(desk.backend, key);
  const signing = await openSigning({ keyFile, certificateFile, genesis, netuid, subnet, log, record });
  const before = signing.current();
  const acts = await keyActs();
  await put();
  await signing.refresh();
  await signing.refresh();
  expect([signing.current(), lines.length, await keyActs()]).toEqual([before, said, acts]);
});
