import type { Chain } from "@assay/chain";
import { connectChain } from "@assay/chain";
import { signerFromUri } from "@assay/chain/wallet";
import { type Client, createClient } from "@assay/client";
import { signCertificate } from "@assay/core";
import { createFirstAdminKey, type Db, migrate, openDatabase } from "@assay/db";
import { startPrivateServer } from "@assay/db/private-server";
import { entries } from "../entries.ts";
import { demoSpec, genesisText, NETUID, ownerOf, type Participant } from "./accounts.ts";
import type { RunFolder } from "./folder.ts";
import { type LogLine, type Running, startProcess } from "./process.ts";
import type { Screen } from "./screen.ts";
import type { Stack } from "./stack.ts";

/** Only what hangs takes so long: on a small machine all start at the same time. */
const READY_MS = 120_000;
const TEN_YEARS_OF_BLOCKS = 26_280_000;

/** What every part of a run is given. */
export type Run = {
  readonly folder: RunFolder;
  readonly cast: readonly Participant[];
  readonly screen: Screen;
  readonly stack: Stack;
  /** Ends the run: what is starting is killed, what runs is stopped in order. */
  readonly signal: AbortSignal;
  /** Called if a process that all others need ends by itself. */
  readonly fail: (error: Error) => void;
};

/** Starts the local chain with everybody registered, and connects to it. */
export async function startChain(run: Run, port: number): Promise<Chain> {
  const { folder, cast, screen, stack, signal, fail } = run;
  const devnet = await startProcess({
    name: "devnet",
    entry: entries.devnet,
    args: [
      "--genesis",
      folder.secret("genesis.json", genesisText(demoSpec(cast))),
      "--port",
      String(port),
      "--block-ms",
      "250",
    ],
    logFile: folder.log("devnet"),
    readyMs: READY_MS,
    signal,
    onDeath: fail,
  });
  stack.last(() => devnet.stop());
  const url = String(devnet.ready["url"]);
  const chain = await connectChain({ url });
  stack.defer(() => chain.close());
  screen.line("devnet", `subnet ${NETUID} with ${cast.length} neurons at ${url}`);
  return chain;
}

export type Database = { readonly db: Db; readonly url: string; readonly adminToken: string };

/** Starts a private PostgreSQL with the current schema and makes the first admin key in it. */
export async function startDatabase({ screen, stack, fail }: Run): Promise<Database> {
  const server = await startPrivateServer();
  stack.defer(() => server.close());
  void server.exited.then((lines) => fail(new Error(`the database ended: ${lines}`)));
  const db = openDatabase(server.url);
  stack.defer(() => db.destroy());
  await migrate(db);
  const { token } = await createFirstAdminKey(db, { netuid: NETUID, name: "demo admin" });
  screen.line("database", "private PostgreSQL, migrated");
  return { db, url: server.url, adminToken: token };
}

export type Backend = { readonly url: string; readonly admin: Client; readonly process: Running };

type BackendPlan = {
  readonly chain: Chain;
  readonly database: Database;
  readonly port: number;
  /** Another program than the backend's own, for tests that end it at a given moment. */
  readonly entry?: string;
  readonly args?: readonly string[];
};

/** Starts the backend with a snapshot key that the owner's hotkey certifies. */
export async function startBackend(
  run: Run,
  { chain, database, port, entry = entries.backend, args = [] }: BackendPlan,
): Promise<Backend> {
  const { folder, screen, stack, signal, fail } = run;
  const keyUri = "//assay//snapshots";
  const backend = await startProcess({
    name: "backend",
    entry,
    args,
    env: {
      DATABASE_URL: database.url,
      ASSAY_CHAIN_URL: chain.endpoint,
      ASSAY_NETUID: String(NETUID),
      ASSAY_PORT: String(port),
      ASSAY_HOME: folder.home("backend"),
      ASSAY_SNAPSHOT_KEY_FILE: folder.secret("snapshot.key", keyUri),
      ASSAY_SNAPSHOT_CERTIFICATE_FILE: folder.secret(
        "certificate.json",
        await certificate(run, { chain, keyUri }),
      ),
    },
    logFile: folder.log("backend"),
    readyMs: READY_MS,
    signal,
    onDeath: fail,
    onLog: (line: LogLine) => {
      if (line["level"] === 50 || line["level"] === "error") screen.bad("backend", line.msg);
    },
  });
  stack.defer(() => backend.stop());
  const url = String(backend.ready["url"]);
  screen.line("backend", url);
  return { url, admin: createClient({ url, netuid: NETUID, apiKey: database.adminToken }), process: backend };
}

async function certificate(
  { cast }: Run,
  { chain, keyUri }: { chain: Chain; keyUri: string },
): Promise<string> {
  const { address: key } = await signerFromUri(keyUri);
  const body = {
    scheme: "assay-certificate-v1",
    genesis: chain.genesisHash,
    netuid: NETUID,
    key,
    fromBlock: 0,
    untilBlock: TEN_YEARS_OF_BLOCKS,
  } as const;
  return JSON.stringify(await signCertificate(body, ownerOf(cast).signer));
}
