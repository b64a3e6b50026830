import { createHash } from "node:crypto";
import { MAX_ARTEFACT_BYTES } from "@assay/core";
import { moveCompetition } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDesk, type Desk, refusalOf } from "../testing/desk.ts";
import { openCompetition, submit } from "../testing/work.ts";
import { createWorld, keysOf, type World } from "../testing/world.ts";

let world: World;
let desk: Desk;
let competitionId: string;
beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
  ({ id: competitionId } = await openCompetition(desk));
});
afterAll(async () => {
  await desk.close();
  await world.close();
});

const skill = (salt: string) => ({ share: 0.5, salt });
const bytesOf = (bytes: Uint8Array) => ({
  sha256: createHash("sha256").update(bytes).digest("hex"),
  artefact: Buffer.from(bytes).toString("base64"),
});

test("a submission is stored with its author, block and hash, and nobody gets its bytes", async () => {
  const { submission } = await submit(desk, { name: "Mia", competitionId, skill: skill("first") });
  const { block } = desk.backend.subnet.current().metagraph.at;
  expect(submission).toMatchObject({ ...(await keysOf("Mia")), status: "waiting", acceptedAtBlock: block });
  const seen = await desk.as("reviewer").submissions.get({ id: submission.id });
  expect(seen).toEqual(submission);
  expect(Object.keys(seen)).not.toContain("artefact");
});

test("the same bytes from the same hotkey give the first receipt, however concurrently", async () => {
  const again = { name: "Mia", competitionId, skill: skill("again") };
  const all = await Promise.all(Array.from({ length: 5 }, () => submit(desk, again)));
  expect(new Set(all.map(({ submission }) => submission.id)).size).toBe(1);
  expect(new Set(all.map(({ receipt }) => receipt.body)).size).toBe(1);
});

test("the same bytes from another hotkey, or for another competition, belong to the first submission", async () => {
  const { submission } = await submit(desk, { name: "Mia", competitionId, skill: skill("owned") });
  const { id: elsewhere } = await openCompetition(desk);
  for (const copy of [
    { name: "Mo", competitionId },
    { name: "Mia", competitionId: elsewhere },
  ]) {
    const refusal = await refusalOf(submit(desk, { ...copy, skill: skill("owned") }));
    expect(refusal).toMatchObject({ code: "API_DUPLICATE_ARTEFACT", facts: { submissionId: submission.id } });
  }
});

test("a coldkey has one submission waiting: a newer one replaces it", async () => {
  const { submission: older } = await submit(desk, { name: "Max", competitionId, skill: skill("older") });
  const { submission: newer } = await submit(desk, { name: "Max", competitionId, skill: skill("newer") });
  const statuses = [older, newer].map(({ id }) => desk.as("reviewer").submissions.get({ id }));
  expect((await Promise.all(statuses)).map(({ status }) => status)).toEqual(["unscored", "waiting"]);
});

test("bytes that are not those of the hash are refused", async () => {
  const { artefact } = bytesOf(Uint8Array.of(1, 2, 3));
  const input = { competitionId, sha256: "0".repeat(64), artefact };
  const refusal = await refusalOf((await desk.signedBy("Mia")).submissions.create(input));
  expect(refusal?.code).toBe("API_ARTEFACT_HASH_MISMATCH");
});

test.each([
  ["no bytes", new Uint8Array()],
  ["one byte too many", new Uint8Array(MAX_ARTEFACT_BYTES + 1)],
])("%s are refused", async (_what, bytes) => {
  const input = { competitionId, ...bytesOf(bytes) };
  const refusal = await refusalOf((await desk.signedBy("Mia")).submissions.create(input));
  expect(refusal?.code).toBe("API_INVALID_INPUT");
});

test("the largest artefact is accepted", async () => {
  const input = { competitionId, ...bytesOf(new Uint8Array(MAX_ARTEFACT_BYTES).fill(7)) };
  const { submission } = await (await desk.signedBy("Mo")).submissions.create(input);
  expect(submission.sizeBytes).toBe(MAX_ARTEFACT_BYTES);
});

test("a competition that is unknown or not open takes no submission", async () => {
  const unknown = "competition_018f0000-0000-7000-8000-000000000000";
  const missing = submit(desk, { name: "Mia", competitionId: unknown, skill: skill("unknown") });
  expect((await refusalOf(missing))?.code).toBe("API_NOT_FOUND");
  const { id } = await openCompetition(desk);
  await world.db.transaction().execute((trx) => moveCompetition(trx, { id, from: "open", to: "paused" }));
  const paused = await refusalOf(submit(desk, { name: "Mia", competitionId: id, skill: skill("paused") }));
  expect(paused).toMatchObject({ code: "API_COMPETITION_NOT_OPEN", facts: { status: "paused" } });
});

test("lists are filtered by author and status", async () => {
  const { hotkey } = await keysOf("Max");
  const { items } = await desk.as("reviewer").submissions.list({ hotkey, status: "waiting" });
  expect(items.map((one) => [one.hotkey, one.status])).toEqual([[hotkey, "waiting"]]);
});

test("a competition names one task", async () => {
  const changed = { task: "pendulum" } as object;
  const refusal = await refusalOf(openCompetition(desk, changed));
  expect(refusal).toMatchObject({
    code: "API_INVALID_INPUT",
    facts: { issues: [{ path: "evaluator.task" }] },
  });
});

test("the bytes of a submission that is refused are not kept", async () => {
  const author = await keysOf("Mo");
  const { id } = await desk.as("admin").bans.create({ address: author.coldkey, reason: "copies others" });
  const input = { competitionId, ...bytesOf(new TextEncoder().encode("fills the disk")) };
  const refusal = await refusalOf((await desk.signedBy("Mo")).submissions.create(input));
  expect(refusal?.code).toBe("API_BANNED");
  expect(await desk.backend.artefacts.get(input.sha256)).toBeUndefined();
  await desk.as("admin").bans.lift({ id, reason: "was a test" });
  await (await desk.signedBy("Mo")).submissions.create(input);
  expect(await desk.backend.artefacts.get(input.sha256)).toBeDefined();
});
