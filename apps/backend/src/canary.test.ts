import { randomBytes } from "node:crypto";
import { rename, writeFile } from "node:fs/promises";
import { signerFromUri } from "@assay/chain/wallet";
import { parseToken, signCertificate } from "@assay/core";
import { createFirstAdminKey } from "@assay/db";
import { type TestDatabase, testDatabase } from "@assay/db/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entries } from "./entries.ts";
import { readSettings } from "./env.ts";
import { authenticated, dial } from "./testing/line.ts";
import { type Spawned, spawnBackend } from "./testing/process.ts";
import { createWorld, hotkeyOf, NETUID, type World } from "./testing/world.ts";

const newCanary = (): string => `canary${randomBytes(12).toString("hex")}`;
const CANARIES = {
  databasePassword: newCanary(),
  signingKey: newCanary(),
  chainPassword: newCanary(),
  chainKey: newCanary(),
};

let world: World;
let database: TestDatabase;
let adminToken: string;
let env: Record<string, string>;

beforeAll(async () => {
  world = await createWorld({ startAt: Date.now() });
  database = await testDatabase();
  adminToken = (await createFirstAdminKey(database.db, { netuid: NETUID, name: "canary" })).token;
  await putSigningKey(`//${CANARIES.signingKey}`);
  env = {
    ...world.environment,
    DATABASE_URL: withPassword(database.url),
    ASSAY_CHAIN_URL: withSecrets(world.chain.endpoint),
    ASSAY_METRICS_PORT: "0",
    ASSAY_LOG_LEVEL: "debug",
  };
}, 120_000);
afterAll(() => world.close());

/** The private server asks nobody for a password; what another one asks for is the canary itself. */
function withPassword(url: string): string {
  const changed = new URL(url);
  if (changed.password === "") changed.password = CANARIES.databasePassword;
  else CANARIES.databasePassword = changed.password;
  return changed.href;
}

/** As providers of nodes have it: a key in the query, or a password before the host. */
function withSecrets(endpoint: string): string {
  const changed = new URL(`${endpoint}/ws?apikey=${CANARIES.chainKey}`);
  [changed.username, changed.password] = ["me", CANARIES.chainPassword];
  return changed.href;
}

async function putSigningKey(uri: string): Promise<void> {
  const { snapshotKeyFile, snapshotCertificateFile } = world.settings;
  const { address: key } = await signerFromUri(uri);
  const about = {
    genesis: world.chain.genesisHash,
    netuid: NETUID,
    key,
    fromBlock: 0,
    untilBlock: 1_000_000,
  };
  const scheme = "assay-certificate-v1" as const;
  const certificate = await signCertificate({ scheme, ...about }, await hotkeyOf("Owner"));
  await writeFile(`${snapshotKeyFile}.new`, uri, { mode: 0o600 });
  await rename(`${snapshotKeyFile}.new`, snapshotKeyFile);
  await writeFile(snapshotCertificateFile, JSON.stringify(certificate));
}

const secretOf = (token: string): string => parseToken(token)?.secret ?? "no secret";

/** Which secrets stand in a text. */
function found(text: string, secrets: Record<string, string>): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []));
}

type Ask = { path: string; method?: string; token?: string; body?: string };

/** A whole answer as it came, its headers included. */
async function ask(url: string, { path, method = "GET", token, body }: Ask): Promise<string> {
  const headers = {
    "content-type": "application/json",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const answer = await fetch(url + path, { method, headers, body: body ?? null });
  return `${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`;
}

/** Everything a caller with a key can do right and wrong, but what shows a key on purpose. */
function asked(url: string, token: string): Promise<string[]> {
  const post = { method: "POST", token };
  const forged = token.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  return Promise.all(
    [
      { path: "/health" },
      { path: "/ready" },
      { path: "/openapi.json" },
      { path: "/trpc/system.info" },
      { path: "/trpc/keys.list?input=%7B%7D", token },
      { path: "/admin/audit", token },
      { path: "/admin/settings", token },
      { path: `/admin/settings?token=${token}` },
      { path: "/admin/audit", token: forged },
      { path: "/admin/audit", token: `Bearer ${token}` },
      { path: "/trpc/no.such", token },
      { path: "/admin/competitions", ...post, body: "{" },
      { path: "/admin/competitions", ...post, body: '{"name":7}' },
      { path: "/trpc/competitions.create", ...post, body: '{"name":"x","task":"none"}' },
      { path: "/trpc/keys.revoke", ...post, body: '{"id":"key_019a0000-0000-7000-8000-000000000000"}' },
    ].map((one) => ask(url, one)),
  );
}

/** Where its metrics are answered, as the log says. */
async function metricsOf(running: Spawned): Promise<string> {
  const log = await running.logged('"metrics answered"');
  const [, port] = /"port":(\d+),"msg":"metrics answered"/.exec(log) ?? [];
  return ask(`http://127.0.0.1:${port}`, { path: "/metrics" });
}

test("no secret leaves the backend, neither while it works nor once its database is gone", async () => {
  const running = spawnBackend(entries.main, { env });
  const { url } = await running.ready;
  const made = await ask(url, {
    path: "/admin/keys",
    method: "POST",
    token: adminToken,
    body: '{"name":"made","role":"viewer"}',
  });
  const [, madeToken = ""] = /"token":"([^"]+)"/.exec(made) ?? [];
  const secrets = { ...CANARIES, adminToken: secretOf(adminToken), madeToken: secretOf(madeToken) };
  expect(new Set(Object.values(secrets)).size).toBe(6);

  const line = await authenticated({ url }, madeToken, { timestampMs: Date.now() });
  const stranger = dial({ url });
  stranger.socket.terminate();
  const working = await asked(url, adminToken);
  const metrics = [await metricsOf(running)];
  line.socket.terminate();
  await database.close();
  await running.logged('"snapshot not read"');
  const failing = await asked(url, adminToken);
  metrics.push(await metricsOf(running));
  running.child.kill("SIGTERM");
  const { log, printed } = await running.ended;

  expect(working.filter((answer) => answer.startsWith("200")).length).toBeGreaterThan(5);
  expect(failing.filter((answer) => /^50[03]/.test(answer)).length).toBeGreaterThan(5);
  expect(log).toContain('"connected to the chain"');
  expect(metrics.join()).toContain("assay_backend");
  const everything = { log, printed, working, failing, metrics };
  const leaks = Object.entries(everything).map(([name, text]) => [name, found(String(text), secrets)]);
  expect(Object.fromEntries(leaks)).toEqual({ log: [], printed: [], working: [], failing: [], metrics: [] });
}, 120_000);

test("a database that is not there is told without its password", async () => {
  const DATABASE_URL = withPassword("postgres://me@127.0.0.1:1/assay");
  const { ready, ended } = spawnBackend(entries.main, { env: { ...env, DATABASE_URL } });
  ready.catch(() => {});
  const { code, log, printed } = await ended;
  expect(code).toBe(1);
  expect(log).toContain("ECONNREFUSED");
  expect(found(log + printed, CANARIES)).toEqual([]);
}, 120_000);

test("settings that are wrong are named, not shown", () => {
  const wrong = {
    DATABASE_URL: withPassword("mysql://me@127.0.0.1/assay"),
    ASSAY_CHAIN_URL: withSecrets("http://127.0.0.1:9944"),
  };
  const { message } = refusedBy(() => readSettings({ ...env, ...wrong }));
  expect(message).toMatch(/DATABASE_URL[^]*ASSAY_CHAIN_URL/);
  expect(found(message, CANARIES)).toEqual([]);
});

function refusedBy(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("it was not refused");
}
