import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectChain } from "@assay/chain";
import { CodedError } from "@assay/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readSettings } from "../env.ts";
import { exportJournal } from "../store/hand-over.ts";
import { journalPath, openStore } from "../store/open.ts";
import { winner } from "../testing/authority.ts";
import { NETUID, startSubnet, type TestSubnet } from "../testing/subnet.ts";
import { examine, isFit, renderFindings } from "./doctor.ts";
import type { Finding, Patient } from "./doctor-finding.ts";

/** Nothing listens there. */
const NOWHERE = "ws://127.0.0.1:9";

let subnet: TestSubnet;
let root: string;
let timeMs: number;
beforeAll(async () => {
  subnet = await startSubnet();
  await subnet.devnet.newBlock(3);
  const { netuid, hotkey } = { netuid: NETUID, hotkey: subnet.validator.hotkey };
  const { hash } = await subnet.chain.bestHead();
  ({ timeMs } = await subnet.chain.signerState({ netuid, mechid: 0, hotkey }, { at: hash }));
});
afterAll(() => subnet.close());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "assay-doctor-"));
  writeFileSync(join(root, "hotkey"), "//Validator", { mode: 0o600 });
  return () => rmSync(root, { recursive: true });
});

type About = {
  args?: string[];
  latest?: () => ReturnType<TestSubnet["authority"]["sign"]>;
  hotkey?: "validator" | "first";
  patient?: Partial<Patient>;
};

/** A validator in good health, except for what a test says about it. */
async function findings({ args = [], latest, hotkey = "validator", patient = {} }: About = {}) {
  const hotkeyFile = join(root, "hotkey");
  const usual = [
    "--backend-url=http://backend.test",
    `--api-key-file=${hotkeyFile}`,
    `--hotkey-file=${hotkeyFile}`,
  ];
  const place = [`--chain-url=${subnet.devnet.url}`, `--netuid=${NETUID}`, `--home=${root}`];
  const genesis = subnet.chain.genesisHash;
  const info = { softwareVersion: "0.1.0", netuid: NETUID, genesis };
  const sign = latest ?? (() => subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  const whole: Patient = {
    settings: readSettings([...usual, ...place, ...args], {}),
    folder: join(root, "validator"),
    nowMs: () => timeMs + 15_000,
    connect: (url) => connectChain({ url, deadlineMs: url === NOWHERE ? 200 : 30_000 }),
    chain: subnet.chain,
    signer: subnet[hotkey].signer,
    client: asClient({ system: { info: async () => info }, snapshots: { latest: sign } }),
    ...patient,
  };
  const found = await examine(whole);
  return { found, of: (name: string) => found.filter((finding) => finding.name === name) };
}

/** The probes ask no more of a backend than these two answers. */
function asClient(backend: object): NonNullable<Patient["client"]> {
  return backend as NonNullable<Patient["client"]>;
}

const verdicts = (found: readonly Finding[]) => found.map(({ verdict }) => verdict);

test("a healthy validator passes everything but what nobody can promise", async () => {
  const { found } = await findings();
  const bad = found.filter(({ verdict, name }) => verdict !== "pass" && name !== "disk");
  expect(bad).toEqual([]);
  expect(found.map(({ name }) => name)).toEqual([
    "disk",
    "wallet",
    "journal",
    "clock",
    "chain",
    "registered",
    "permit",
    "stake",
    "rate limit",
    "commit-reveal",
    "backend",
    "api key",
    "snapshot",
    "version",
    "version key",
  ]);
});

test("a clock that is off is a warning, far off a failure", async () => {
  const off = async (ms: number) => (await findings({ patient: { nowMs: () => timeMs + ms } })).of("clock");
  expect(verdicts(await off(-20_000))).toEqual(["warn"]);
  expect(verdicts(await off(3_600_000))).toEqual(["fail"]);
  expect(verdicts(await off(-3_600_000))).toEqual(["fail"]);
});

test("a wallet others may read fails, and each finding has its advice", async () => {
  chmodSync(join(root, "hotkey"), 0o644);
  const { found, of } = await findings();
  expect(of("wallet")).toMatchObject([{ verdict: "fail", says: expect.stringContaining("chmod 600") }]);
  expect(isFit(found)).toBe(false);
  expect(renderFindings(found)).toMatch(/FAIL {2}wallet .*\n {6}give the hotkey file/);
});

test("a journal that is damaged fails, one in use passes", async () => {
  const folder = join(root, "validator");
  const store = openStore(folder, { genesis: subnet.chain.genesisHash, hotkey: subnet.validator.hotkey });
  expect((await findings()).of("journal")).toMatchObject([
    { verdict: "pass", says: expect.stringContaining("in use") },
  ]);
  store.close();
  writeFileSync(journalPath(folder), "rubbish ".repeat(1_000));
  expect((await findings()).of("journal")).toMatchObject([
    { verdict: "fail", advice: expect.stringContaining("recover") },
  ]);
});

test("a journal that went elsewhere, or is another hotkey's, fails and says what to do", async () => {
  const folder = join(root, "validator");
  const identity = { genesis: subnet.chain.genesisHash, hotkey: subnet.validator.hotkey };
  openStore(folder, identity).close();
  expect(verdicts((await findings()).of("journal"))).toEqual(["pass"]);
  expect((await findings({ hotkey: "first" })).of("journal")).toMatchObject([
    { verdict: "fail", advice: expect.stringContaining("check the wallet") },
  ]);
  exportJournal(folder, { file: join(root, "moved"), hotkey: identity.hotkey });
  expect((await findings()).of("journal")).toMatchObject([
    { verdict: "fail", advice: expect.stringContaining("where the journal was imported") },
  ]);
});

test("an endpoint that does not answer fails beside one that does", async () => {
  const args = [`--chain-url=${subnet.devnet.url},${NOWHERE}`];
  expect(verdicts((await findings({ args })).of("chain"))).toEqual(["pass", "fail"]);
});

test("a hotkey without a permit, or without a place, is told which", async () => {
  const { of } = await findings({ hotkey: "first" });
  expect(verdicts([...of("registered"), ...of("permit")])).toEqual(["pass", "fail"]);
  const stranger = {
    address: "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",
    sign: (message: Uint8Array) => subnet.first.signer.sign(message),
  };
  const away = await findings({ patient: { signer: stranger } });
  expect(verdicts(away.of("registered"))).toEqual(["fail"]);
});

test("a backend that refuses the key, is for another subnet, or has nothing yet is told apart", async () => {
  const refusal = new CodedError({ code: "API_INVALID_KEY" });
  const refused = await findings({ latest: () => Promise.reject(refusal) });
  expect(refused.of("snapshot")).toMatchObject([
    {
      verdict: "fail",
      says: expect.stringContaining("API_INVALID_KEY"),
      advice: expect.stringContaining("keys request"),
    },
  ]);
  const none = new CodedError({ code: "API_NOT_FOUND" });
  const nothing = await findings({ latest: () => Promise.reject(none) });
  expect(verdicts(nothing.of("api key"))).toEqual(["warn"]);
  expect(verdicts((await findings({ args: ["--netuid=7"] })).of("backend"))).toEqual(["fail"]);
});

test("a place to join is looked at only if there is one: its secret, its reach, who listens", async () => {
  expect((await findings()).of("evaluators")).toEqual([]);
  const file = join(root, "join.secret");
  writeFileSync(file, "0123456789abcdef".repeat(4));
  const place = ["--evaluator-port=9", `--join-secret-file=${file}`];
  expect(verdicts((await findings({ args: place })).of("evaluators"))).toEqual(["pass"]);
  const open = await findings({ args: [...place, "--evaluator-host=0.0.0.0"] });
  expect(open.of("evaluators")).toMatchObject([{ verdict: "warn", says: expect.stringContaining("TLS") }]);
  const idle = await findings({ args: [...place, "--duties=weights"] });
  expect(verdicts(idle.of("evaluators"))).toEqual(["warn"]);
  writeFileSync(file, "letmein");
  const [weak] = (await findings({ args: place })).of("evaluators");
  expect(weak).toMatchObject({ verdict: "fail", advice: expect.stringContaining("openssl") });
  expect(JSON.stringify(weak)).not.toContain("letmein");
});

test("a snapshot by somebody else, one that is over, or rules too new for us are told apart", async () => {
  const forged = await findings({ latest: () => subnet.authority.sign({ key: subnet.second.signer }) });
  expect(verdicts(forged.of("snapshot"))).toEqual(["fail"]);
  const over = await findings({ latest: () => subnet.authority.sign({ forged: { validUntil: 1 } }) });
  expect(verdicts(over.of("snapshot"))).toEqual(["warn"]);
  const newer = await findings({
    latest: () => subnet.authority.sign({ rules: { minValidatorVersion: "9.0.0" } }),
  });
  expect(verdicts(newer.of("version"))).toEqual(["fail"]);
});
