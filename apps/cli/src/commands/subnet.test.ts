import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signerFromFile, verifySignature } from "@assay/chain/wallet";
import { Certificate, CertificateBody, openStatement } from "@assay/core";
import { DEVELOPMENT_ACCOUNTS, type Devnet } from "@assay/devnet";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Ran, assay as run } from "../testing/assay.ts";
import { NETUID, setWeights, startSubnet } from "../testing/subnet.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "assay-subnet-"));
const MAX = 65_535;
let devnet: Devnet;

beforeAll(async () => {
  devnet = await startSubnet();
  await setWeights(devnet, {
    Bob: [[4, MAX]],
    Charlie: [
      [4, MAX],
      [5, MAX],
    ],
  });
  const hotkeys = join(folder, "wallets/owner/hotkeys");
  mkdirSync(hotkeys, { recursive: true });
  for (const [name, uri] of [
    ["default", "//Alice//hotkey"],
    ["other", "//Bob//hotkey"],
  ] as const)
    writeFileSync(join(hotkeys, name), uri, { mode: 0o600 });
});

afterAll(async () => {
  await devnet.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A command on the subnet, found as the Python SDK's flags name it. */
const assay = (...args: string[]): Promise<Ran> =>
  run(...args, "--netuid", String(NETUID), "--subtensor.chain_endpoint", devnet.url);

const json = ({ results }: Ran): unknown => JSON.parse(results.join(""));

test("metagraph tells everybody's uid, stake and permit", async () => {
  const ran = await assay("metagraph", "--json");
  expect(ran.code).toBe(0);
  expect(json(ran)).toMatchObject({
    netuid: NETUID,
    neurons: [{ uid: 0 }, { uid: 1, stakeRao: "3000000000000", validatorPermit: true }, {}, {}, {}, {}],
  });
  const { results } = await assay("metagraph");
  expect(results.join("\n")).toMatch(/tempo 40[^]*3000\.000 │ yes/);
});

test("explain names every validator's stake, weight, clip and contribution", async () => {
  const ran = await assay("explain", "--json");
  expect(ran.code).toBe(0);
  const { miners, outOfConsensus, silent } = json(ran) as {
    miners: { uid: number; incentive: number; validators: Record<string, number>[] }[];
    outOfConsensus: number[];
    silent: number[];
  };
  expect(miners.map(({ uid }) => uid)).toEqual([4, 5]);
  const [first, second] = miners;
  expect((first?.incentive ?? 0) + (second?.incentive ?? 0)).toBeCloseTo(1, 6);
  expect(first?.validators.map(({ uid, weight }) => [uid, Math.round((weight ?? 0) * 100)])).toEqual([
    [1, 100],
    [2, 50],
    [3, 0],
  ]);
  const parts = first?.validators.map(({ incentive }) => incentive ?? 0) ?? [];
  expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(first?.incentive ?? 0, 9);
  expect([outOfConsensus.length > 0, silent]).toEqual([true, [3]]);
});

test("explain says the same in words, of one miner if asked", async () => {
  const { code, results } = await assay("explain", "4");
  expect([code, results.join("\n")]).toEqual([
    0,
    expect.stringMatching(/miner 4 [^]*contribution[^]*1 5Haibj/),
  ]);
  expect(results.join("\n")).not.toContain("miner 5");
  expect(await assay("explain", "77")).toMatchObject({
    code: 1,
    notes: expect.stringContaining("CORE_OUT_OF_RANGE"),
  });
});

const KEY = DEVELOPMENT_ACCOUNTS.eve.hotkey;
const certify = (...args: string[]): Promise<Ran> =>
  assay("authority", "certify", "--key", KEY, "--wallet.path", join(folder, "wallets"), ...args);

test("the owner's hotkey certifies a key, for a file that is never overwritten", async () => {
  const file = join(folder, "certificate.json");
  const limits = ["--from-block", "5", "--until-block", "900", "--out", file];
  expect(await certify("--wallet.name", "owner", ...limits)).toMatchObject({ code: 0, results: [] });
  const certificate = Certificate.parse(JSON.parse(readFileSync(file, "utf8")));
  const address = DEVELOPMENT_ACCOUNTS.alice.hotkey;
  const body = openStatement(certificate, { address, schema: CertificateBody, verify: verifySignature });
  expect(body).toMatchObject({ netuid: NETUID, key: KEY, fromBlock: 5, untilBlock: 900 });
  expect(await certify("--wallet.name", "owner", "--out", file)).toMatchObject({
    code: 2,
    notes: expect.stringContaining("is there already"),
  });
});

test("nobody else certifies, and nothing for no time", async () => {
  const other = await certify("--wallet.name", "owner", "--wallet.hotkey", "other");
  expect(other).toMatchObject({ code: 1, results: [], notes: expect.stringContaining("CLI_NOT_OWNER") });
  const never = await certify("--wallet.name", "owner", "--from-block", "9", "--until-block", "9");
  expect(never).toMatchObject({ code: 2, results: [] });
  const nobody = await certify("--wallet.name", "nobody");
  expect(nobody).toMatchObject({ code: 78, notes: expect.stringContaining("CHAIN_KEY_FILE_UNREADABLE") });
});

test("authority create-key prints the address of a new key, whose file is private and never replaced", async () => {
  const file = join(folder, "snapshot.key");
  const made = await run("authority", "create-key", "--out", file);
  expect(made).toMatchObject({ code: 0, notes: expect.stringContaining("authority certify --key") });
  expect([(await signerFromFile(file)).address]).toEqual(made.results);
  const again = await run("authority", "create-key", "--out", file);
  expect(again).toMatchObject({ code: 2, results: [], notes: expect.stringContaining("is there already") });
  const nowhere = await run("authority", "create-key", "--out", join(folder, "none/key"));
  expect(nowhere).toMatchObject({ code: 2, notes: expect.stringContaining("cannot write") });
});

test("the environment names the chain and the subnet as the Python SDK does", async () => {
  vi.stubEnv("BT_NETUID", String(NETUID));
  vi.stubEnv("BT_SUBTENSOR_CHAIN_ENDPOINT", devnet.url);
  const ran = await run("metagraph", "--json");
  vi.unstubAllEnvs();
  expect([ran.code, json(ran)]).toMatchObject([0, { netuid: NETUID }]);
});
