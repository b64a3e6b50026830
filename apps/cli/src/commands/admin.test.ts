import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { STILL_AGENT } from "../testing/agents.ts";
import { type Ran, assay as run } from "../testing/assay.ts";
import { startWorld, type World } from "../testing/backend.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let world: World;

beforeAll(async () => {
  world = await startWorld();
  vi.stubEnv("ASSAY_HOME", world.home);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await world.close();
});

const admin = (...args: string[]): Promise<Ran> =>
  run(...args, "--url", world.url, "--api-key-file", world.adminKeyFile);
const hotkey = (name: string, ...args: string[]): Promise<Ran> =>
  run(...args, "--url", world.url, "--hotkey-file", world.hotkeyFile(name));
const json = ({ results }: Ran): Record<string, unknown> => JSON.parse(results.join(""));
const idIn = (ran: Ran): string => String(json(ran)["id"]);

test("a competition is opened, changed, scheduled, paused, resumed and put away", async () => {
  const limits = ["--threshold", "minSuccessRate=0.75", "--threshold", "minEpisodes=10"];
  const create = ["competitions", "create", "--name", "first", "--cycle-blocks", "50", "--json"];
  const opened = await admin(...create, ...limits);
  expect(json(opened)).toMatchObject({
    status: "open",
    thresholds: { minSuccessRate: 0.75, minEpisodes: 10 },
  });
  const id = idIn(opened);
  const edited = await admin(
    "competitions",
    "edit",
    id,
    "--points",
    "3",
    "--threshold",
    "minEpisodes=20",
    "--json",
  );
  expect(json(edited)).toMatchObject({
    points: 3,
    cycleBlocks: 50,
    thresholdsVersion: 2,
    thresholds: { minSuccessRate: 0.75, minEpisodes: 20 },
  });
  const scheduled = await admin("competitions", "schedule", id, "--end-block", "900000");
  expect(scheduled.results.join("")).toMatch(/open, .*until block 900000/);
  const listed = await run("competitions", "--url", world.url);
  expect(listed.results.join("")).toContain(id);
  for (const [verb, status] of [
    ["pause", "paused"],
    ["resume", "open"],
    ["archive", "archived"],
  ] as const)
    expect(json(await admin("competitions", verb, id, "--reason", "as planned", "--json"))).toMatchObject({
      status,
    });
  expect(await admin("competitions", "edit", id)).toMatchObject({ code: 2 });
});

test("a hotkey submits an agent and keeps the receipt", async () => {
  const competition = idIn(await admin("competitions", "create", "--name", "second", "--json"));
  const agent = join(world.home, "still.wasm");
  writeFileSync(agent, STILL_AGENT);
  const submitted = await hotkey("miner-1", "submit", agent, "--competition", competition, "--json");
  expect(submitted.code).toBe(0);
  const { submission, receiptFile } = json(submitted) as { submission: { id: string }; receiptFile: string };
  expect(existsSync(receiptFile)).toBe(true);
  expect(receiptFile).toContain(submission.id);
  const verified = await run("receipts", "verify", receiptFile, "--url", world.url);
  expect(verified).toMatchObject({ code: 0, results: [expect.stringContaining(submission.id)] });
  const { results } = await run("receipts", "certificate", "--url", world.url);
  const certificate = join(world.home, "certificate.json");
  writeFileSync(certificate, results.join(""));
  expect((await run("receipts", "verify", receiptFile, "--certificate", certificate)).code).toBe(0);
  const stranger = await hotkey("nobody", "submit", agent, "--competition", competition);
  expect([stranger.code, stranger.notes]).toEqual([1, expect.stringMatching(/^API_/)]);
});

test("a validator asks for a key, an admin grants it, and only the asker collects it", async () => {
  const id = idIn(await hotkey("validator-1", "keys", "request", "--name", "first", "--json"));
  expect((await admin("keys", "requests")).results.join("")).toMatch(new RegExp(`${id}.*pending`));
  expect((await admin("keys", "grant", id)).results.join("")).toMatch(/^granted /);
  const thief = await hotkey("validator-2", "keys", "collect", id);
  expect([thief.code, thief.results]).toEqual([1, []]);
  const { code, results, notes } = await hotkey("validator-1", "keys", "collect", id);
  expect([code, results, notes]).toEqual([
    0,
    [expect.stringMatching(/^assay_/)],
    expect.stringContaining("once"),
  ]);
  const refused = idIn(await hotkey("validator-2", "keys", "request", "--name", "second", "--json"));
  expect((await admin("keys", "refuse", refused, "--reason", "not known to us")).code).toBe(0);
});

test("a key is rotated, and both work for a while", async () => {
  const create = ["keys", "create", "--name", "viewer", "--role", "viewer"];
  const [old = ""] = (await admin(...create)).results;
  const keys = JSON.parse((await admin("keys", "list", "--json")).results.join("")) as {
    id: string;
    name: string;
  }[];
  const id = keys.find(({ name }) => name === "viewer")?.id ?? "";
  const [next = ""] = (await admin("keys", "rotate", id, "--overlap", "10")).results;
  expect(next).not.toBe(old);
  for (const token of [old, next]) {
    const file = join(world.home, "viewer.token");
    writeFileSync(file, token);
    expect(await run("settings", "--url", world.url, "--api-key-file", file)).toMatchObject({ code: 0 });
  }
});

test.each([
  [["candidates", "compare", "candidate_019a0000-0000-7000-8000-000000000000"]],
  [["revoke", "candidate_019a0000-0000-7000-8000-000000000000", "--reason", "cheated"]],
])("%j of nobody is refused by the backend", async (args) => {
  expect(await admin(...args)).toMatchObject({ code: 1, notes: expect.stringContaining("API_NOT_FOUND") });
});

test("a subnet that the backend does not serve is refused, not ignored", async () => {
  const other = ["--netuid", "77"];
  for (const ran of [
    await admin("status", ...other),
    await run("competitions", "--url", world.url, ...other),
    await hotkey("validator-1", "keys", "request", "--name", "x", ...other),
  ])
    expect(ran).toMatchObject({ code: 1, notes: expect.stringContaining("CLI_WRONG_SUBNET") });
  expect(await admin("status", "--netuid", "1")).toMatchObject({ code: 0 });
});

test("a snapshot that nobody may see yet is refused, and no snapshot has no version", async () => {
  const chain = ["--chain-url", world.chain.endpoint];
  const unseen = await run("verify", "999999", "--url", world.url, ...chain);
  expect([unseen.code, unseen.notes]).toEqual([1, expect.stringContaining("API_NOT_FOUND")]);
  expect(await run("verify", "0")).toMatchObject({ code: 2 });
});
