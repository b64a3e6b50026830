import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { STILL_AGENT } from "../testing/agents.ts";
import { type Ran, assay as run } from "../testing/assay.ts";
import { startWorld, type World } from "../testing/backend.ts";
import { makeBlocks } from "../testing/blocks.ts";
import { demoCast, NETUID } from "../up/accounts.ts";

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
const anybody = (...args: string[]): Promise<Ran> => run(...args, "--url", world.url);
const hotkey = (name: string, ...args: string[]): Promise<Ran> =>
  anybody(...args, "--hotkey-file", world.hotkeyFile(name));
const text = ({ results }: Ran): string => results.join("\n");
const json = (ran: Ran): never => JSON.parse(text(ran)) as never;
const itemsIn = (ran: Ran): Record<string, unknown>[] => json(ran);
const idIn = (ran: Ran): string => String((json(ran) as Record<string, unknown>)["id"]);

test("a miner is banned for a reason that the audit log keeps, and the ban is lifted", async () => {
  const [participant] = await demoCast();
  const address = participant?.hotkey ?? "";
  const banned = await admin("bans", "create", address, "--reason", "copied an agent", "--json");
  const id = idIn(banned);
  expect(itemsIn(await admin("bans", "--json"))).toEqual([expect.objectContaining({ id, address })]);
  expect(text(await admin("bans", "lift", id, "--reason", "it was its own"))).toBe(
    `lifted ${id} of ${address}`,
  );
  expect(text(await admin("bans"))).toBe("no bans");
  expect(text(await admin("bans", "--all"))).toContain("copied an agent");
  const [lifted, created] = itemsIn(await admin("audit", "--target", address, "--json"));
  expect(lifted).toMatchObject({ action: "ban.lift", reason: "it was its own" });
  expect(created).toMatchObject({ action: "ban.create", reason: "copied an agent" });
});

test("the audit log is verified against a signed snapshot and a head that was kept", async () => {
  const first = json(await admin("audit", "verify", "--json")) as { acts: number; head: string };
  const head = `${first.acts}:${first.head}`;
  await admin("keys", "create", "--name", "later", "--role", "viewer");
  await makeBlocks(world.chain.endpoint, 3 * (await world.chain.epochState(NETUID)).tempo);
  const heads = async () => (json(await admin("audit", "verify", "--json")) as { heads: object[] }).heads;
  await expect
    .poll(heads, { timeout: 60_000 })
    .toContainEqual(expect.objectContaining({ from: "snapshot 1", verdict: "holds" }));
  const whole = await admin("audit", "verify", "--head", head);
  expect(whole).toMatchObject({ code: 0, results: [expect.stringContaining("as kept by you: holds")] });
  expect(text(whole)).toContain(`${first.acts + 1} acts, each follows from the one before`);
  const forged = await admin("audit", "verify", "--head", `${first.acts}:${"0".repeat(64)}`);
  expect(forged).toMatchObject({ code: 1, results: [expect.stringContaining("were rewritten")] });
  const beyond = await admin("audit", "verify", "--head", `900:${first.head}`, "--snapshots", "0");
  expect(beyond).toMatchObject({ code: 1, results: [expect.stringContaining("does not come that far")] });
  expect((await admin("audit", "verify", "--head", "12")).code).toBe(2);
});

test("settings are changed by name, and a change against an older version is refused", async () => {
  expect(text(await admin("settings"))).toMatch(/reviewSlaHours\W+48[^]*version 0, as shipped/);
  const set = ["settings", "set", "reviewSlaHours=24", "fourEyes=true", "--reason", "we are two now"];
  expect(json(await admin(...set, "--json"))).toMatchObject({
    version: 1,
    settings: { reviewSlaHours: 24, fourEyes: true, graceCycles: 2 },
  });
  expect(await admin("settings", "set", "reviewSlaHours")).toMatchObject({ code: 2 });
  const unknown = await admin("settings", "set", "reviewHours=1");
  expect(unknown).toMatchObject({
    code: 1,
    notes: expect.stringMatching(/^API_INVALID_INPUT.*reviewHours/s),
  });
});

test("rules are printed, edited and put, and take over later", async () => {
  const rules = json(await anybody("rules")) as Record<string, unknown>;
  expect(rules).toMatchObject({ scheme: "assay-rules-v1", netuid: 1 });
  const file = join(world.home, "rules.json");
  writeFileSync(file, JSON.stringify({ ...rules, fromBlock: 900_000 }));
  expect(text(await admin("rules", "put", file))).toBe("these rules take over at block 900000");
  expect(json(await anybody("rules", "--upcoming"))).toMatchObject({ fromBlock: 900_000 });
  writeFileSync(file, JSON.stringify({ ...rules, burn: -1 }));
  expect(await admin("rules", "put", file)).toMatchObject({
    code: 2,
    notes: expect.stringContaining("burn"),
  });
  writeFileSync(file, "burn everything");
  expect(await admin("rules", "put", file)).toMatchObject({
    code: 1,
    notes: expect.stringContaining("CLI_NOT_JSON"),
  });
});

test("a miner lists, explains and withdraws what it submitted; nobody else may", async () => {
  const opened = await admin("competitions", "create", "--name", "first", "--cycle-blocks", "9999", "--json");
  const competition = idIn(opened);
  const agent = join(world.home, "still.wasm");
  writeFileSync(agent, STILL_AGENT);
  await hotkey("miner-1", "submit", agent, "--competition", competition);
  const [submission] = itemsIn(await anybody("submissions", "--competition", competition, "--json"));
  const id = String(submission?.["id"]);
  expect(text(await anybody("submissions", "explain", id))).toMatch(
    new RegExp(`^${id}: .*thresholds, version 1`, "s"),
  );
  expect(await hotkey("miner-2", "submissions", "withdraw", id)).toMatchObject({
    code: 1,
    notes: expect.stringMatching(/^API_/),
  });
  expect(text(await hotkey("miner-1", "submissions", "withdraw", id))).toBe(`${id}: withdrawn`);
  expect(text(await anybody("leaderboard", competition))).toBe("nobody has been judged yet");
  expect(text(await admin("leaders", competition))).toBe("nobody has led yet");
  const again = await admin("submissions", "rerun", id, "--reason", "a validator was wrong");
  expect(again).toMatchObject({ code: 1, notes: expect.stringMatching(/^API_SUBMISSION_STATUS/) });
});

test("a list says when it is not whole", async () => {
  for (const name of ["one", "two", "three"])
    await admin("keys", "create", "--name", name, "--role", "viewer");
  const { results, notes } = await admin("keys", "list", "--limit", "2", "--json");
  expect(JSON.parse(results.join(""))).toHaveLength(2);
  expect(notes).toBe("the first 2; there are more: raise --limit");
  expect((await admin("keys", "list", "--json")).notes).toBe("");
});

test("whoever has a stake in a miner says so, and addresses that are none are refused", async () => {
  const [participant] = await demoCast();
  const address = participant?.hotkey ?? "";
  expect(text(await admin("interests", address))).toContain(`has a stake in ${address}`);
  expect(await admin("interests", address, "somebody")).toMatchObject({ code: 2 });
});

test("a review of nobody is refused by the backend, one without a verdict before it", async () => {
  const review = ["candidates", "review", "candidate_019a0000-0000-7000-8000-000000000000", "--note", "good"];
  expect(await admin(...review)).toMatchObject({ code: 2 });
  expect(await admin(...review, "--verdict", "approve")).toMatchObject({
    code: 1,
    notes: expect.stringContaining("API_NOT_FOUND"),
  });
});
