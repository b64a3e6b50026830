import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Chain, connectChain } from "@assay/chain";
import { signerFromUri } from "@assay/chain/wallet";
import { type Signer, signCertificate } from "@assay/core";
import { createFirstAdminKey, type Db } from "@assay/db";
import { testDatabase } from "@assay/db/test";
import { type Devnet, type GenesisSpec, startDevnet } from "@assay/devnet";
import { pino } from "pino";
import { readSettings, type Settings } from "../env.ts";
import { type RunningBackend, type Surroundings, startBackend } from "../start.ts";

export const NETUID = 1;
export const TEMPO = 40;
/** When the tests' own time begins. */
export const START_MS = Date.UTC(2026, 0, 1);
/** What a test gives a socket to say who it is: on a busy machine longer than people get. */
const AUTH_DEADLINE_MS = 60_000;
/** Two validators and three miners; the owner has the subnet. */
export const VALIDATORS = ["Vera", "Viktor"] as const;
export const MINERS = ["Mia", "Mo", "Max"] as const;

/** The hotkey of a participant. */
export function hotkeyOf(name: string): Promise<Signer> {
  return signerFromUri(`//${name}//hotkey`);
}

/** Both addresses of a participant. */
export async function keysOf(name: string): Promise<{ hotkey: string; coldkey: string }> {
  return { hotkey: (await hotkeyOf(name)).address, coldkey: (await signerFromUri(`//${name}`)).address };
}

/** Stake of a validator for which nothing else is said. */
const STAKE_RAO = 2_000_000_000_000n;

type Stakes = { readonly [name: string]: bigint };

async function genesis(names: readonly string[], stakes: Stakes): Promise<GenesisSpec> {
  const validators = await Promise.all(
    names.map(async (name) => ({
      ...(await keysOf(name)),
      stakeRao: stakes[name] ?? STAKE_RAO,
      validatorPermit: true,
    })),
  );
  const miners = await Promise.all(MINERS.map(keysOf));
  const owner = await keysOf("Owner");
  const subnet = { netuid: NETUID, tempo: TEMPO, weightsRateLimit: 10, owner };
  const neurons = [owner, ...validators, ...miners];
  const hyperparameters = {
    commitRevealWeightsEnabled: false,
    maxAllowedValidators: Math.max(64, names.length),
  };
  return {
    chainName: "backend test",
    startTimeMs: 0,
    sudo: owner.coldkey,
    balances: {},
    subnets: [{ ...subnet, neurons, hyperparameters }],
  };
}

/** Wall time that only tests move. */
export type ManualClock = { now(): number; advance(ms: number): void };

export function manualClock(start: number): ManualClock {
  let now = start;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
}

export type Launch = Partial<Pick<Surroundings, "trace" | "authDeadlineMs" | "log">> & {
  settings?: Partial<Settings>;
};

export type World = {
  readonly devnet: Devnet;
  readonly chain: Chain;
  readonly db: Db;
  readonly clock: ManualClock;
  readonly adminToken: string;
  readonly settings: Settings;
  /** The same settings for a process of its own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Another replica on the same database and chain. */
  launch(options?: Launch): Promise<RunningBackend>;
  close(): Promise<void>;
};

/** A chain, a database and everything a backend needs to start; nothing runs by itself. */
export async function createWorld({
  startAt = START_MS,
  validators = VALIDATORS,
  stakes = {},
}: {
  startAt?: number;
  validators?: readonly string[];
  stakes?: Stakes;
} = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "assay-backend-"));
  const database = await testDatabase();
  const devnet = await startDevnet({ genesis: await genesis(validators, stakes), blockMs: 0, port: 0 });
  // The finalised block follows the head by one.
  await devnet.newBlock(2);
  const chain = await connectChain({ url: devnet.url });
  const clock = manualClock(startAt);
  const environment = await environmentIn(folder, { chain, databaseUrl: database.url });
  const settings = readSettings(environment);
  const key = { netuid: NETUID, name: "test admin", now: new Date(clock.now()) };
  const { token: adminToken } = await createFirstAdminKey(database.db, key);
  const running: RunningBackend[] = [];
  return {
    devnet,
    chain,
    db: database.db,
    clock,
    adminToken,
    settings,
    environment,
    async launch({ settings: changed = {}, log = pino({ level: "silent" }), ...rest } = {}) {
      const surroundings = { clock, chain, log, authDeadlineMs: AUTH_DEADLINE_MS, ...rest };
      const backend = await startBackend({ ...settings, ...changed }, surroundings);
      running.push(backend);
      return backend;
    },
    async close() {
      await Promise.all(running.map((backend) => backend.close()));
      await chain.close();
      await devnet.close();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function environmentIn(
  folder: string,
  { chain, databaseUrl }: { chain: Chain; databaseUrl: string },
): Promise<Record<string, string>> {
  const [keyFile, certificateFile] = [join(folder, "snapshot.key"), join(folder, "certificate.json")];
  const { address: key } = await signerFromUri("//snapshots");
  const body = { genesis: chain.genesisHash, netuid: NETUID, key, fromBlock: 0, untilBlock: 1_000_000 };
  const certificate = await signCertificate(
    { scheme: "assay-certificate-v1", ...body },
    await hotkeyOf("Owner"),
  );
  await writeFile(keyFile, "//snapshots", { mode: 0o600 });
  await writeFile(certificateFile, JSON.stringify(certificate));
  return {
    DATABASE_URL: databaseUrl,
    ASSAY_CHAIN_URL: chain.endpoint,
    ASSAY_NETUID: String(NETUID),
    ASSAY_PORT: "0",
    ASSAY_HOME: folder,
    ASSAY_SNAPSHOT_KEY_FILE: keyFile,
    ASSAY_SNAPSHOT_CERTIFICATE_FILE: certificateFile,
  };
}
