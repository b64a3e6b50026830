import { listAudit } from "@assay/db";
import { expect, test } from "vitest";
import { refusalOf } from "../testing/desk.ts";
import { enlistedDesk } from "../testing/enlisted.ts";
import { openCompetition, submit, workAll } from "../testing/work.ts";
import { VALIDATORS } from "../testing/world.ts";

const { world, desk } = await enlistedDesk();

const admin = () => desk.as("admin");
const reason = "an evaluator was broken";

async function send(competitionId: string, { name = "Mia", share = 0.6, salt = "" } = {}) {
  const skill = { share, salt: `${competitionId} ${salt}` };
  return (await submit(desk, { name, competitionId, skill })).submission;
}

async function judge() {
  await desk.cycle(10);
  for (const name of VALIDATORS) await workAll(desk, name);
  await desk.cycle(1);
}

const codeOf = async (act: Promise<unknown>) => (await refusalOf(act))?.code;

async function setLimits(settings: object) {
  const { version } = await admin().settings.get();
  await admin().settings.put({ basedOn: version, settings });
}

test("an explanation has the numbers that decided", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await send(competitionId, { share: 0.1 });
  const before = await desk.as("reviewer").submissions.explain({ id });
  expect(before).toMatchObject({ cycleId: null, thresholdsVersion: 1, shortfalls: null, candidate: null });
  await judge();
  const { submission, shortfalls, candidate, thresholds } = await admin().submissions.explain({ id });
  expect([submission.status, candidate]).toEqual(["ineligible", null]);
  expect(shortfalls).toEqual([
    { figure: "success-rate", actual: submission.figures?.successRate, required: thresholds.minSuccessRate },
  ]);
});

test("a judged submission runs again in the next cycle, and its old candidate is closed", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await send(competitionId);
  await judge();
  const first = (await admin().submissions.explain({ id })).candidate;
  expect(first?.status).toBe("pending");
  expect(await admin().submissions.rerun({ id, reason })).toMatchObject({ status: "waiting", figures: null });
  expect((await admin().candidates.get({ id: first?.id ?? "" })).supersededBecause).toBe("newer-submission");
  expect(await codeOf(admin().submissions.rerun({ id, reason }))).toBe("API_SUBMISSION_STATUS");
  await judge();
  const { submission, candidate } = await admin().submissions.explain({ id });
  expect([submission.status, candidate?.status]).toEqual(["candidate", "pending"]);
  expect(candidate?.id).not.toBe(first?.id);
  const { netuid } = desk.backend;
  const { items } = await listAudit(world.db, { netuid, action: "submission.rerun", limit: 9 });
  expect(items).toMatchObject([{ target: id, reason, facts: { closed: [first?.id] } }]);
});

test("the leader is not run again by hand, nor by a reviewer, nor beside a newer submission", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await send(competitionId);
  await judge();
  const { candidate } = await admin().submissions.explain({ id });
  expect(await codeOf(desk.as("reviewer").submissions.rerun({ id, reason }))).toBe("API_FORBIDDEN");
  const newer = await send(competitionId, { salt: "newer" });
  expect(await codeOf(admin().submissions.rerun({ id, reason }))).toBe("API_SUBMISSION_STATUS");
  await (await desk.signedBy("Mia")).submissions.withdraw({ id: newer.id });
  await admin().candidates.approve({ id: candidate?.id ?? "" });
  expect(await refusalOf(admin().submissions.rerun({ id, reason }))).toMatchObject({
    facts: { status: "leader" },
  });
});

test("only its author withdraws a submission, and only while it waits", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await send(competitionId);
  const [mia, mo] = [await desk.signedBy("Mia"), await desk.signedBy("Mo")];
  expect(await codeOf(mo.submissions.withdraw({ id }))).toBe("API_NOT_FOUND");
  expect(await mia.submissions.withdraw({ id })).toMatchObject({ status: "withdrawn" });
  expect(await codeOf(mia.submissions.withdraw({ id }))).toBe("API_SUBMISSION_STATUS");
  await desk.cycle(6);
  expect((await admin().submissions.get({ id })).status).toBe("withdrawn");
  expect((await send(competitionId)).id).toBe(id);
});

test("a coldkey waits between submissions to one competition, but not to send the same bytes again", async () => {
  const { id: competitionId } = await openCompetition(desk);
  await setLimits({ submissionCooldownBlocks: 3 });
  const first = await send(competitionId, { salt: "a" });
  const nextBlock = first.acceptedAtBlock + 3;
  expect(await refusalOf(send(competitionId, { salt: "b" }))).toMatchObject({
    code: "API_SUBMISSION_TOO_SOON",
    facts: { nextBlock },
  });
  expect((await send(competitionId, { salt: "a" })).id).toBe(first.id);
  expect((await send(competitionId, { salt: "b", name: "Mo" })).status).toBe("waiting");
  await desk.blocks(3);
  expect((await send(competitionId, { salt: "c" })).status).toBe("waiting");
  await setLimits({ submissionCooldownBlocks: 0 });
});

test("a coldkey has a quota over all competitions, even when it sends at once", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const sent = (await admin().submissions.list({ limit: 200 })).items.filter(
    ({ coldkey, hotkey }) => coldkey !== hotkey,
  );
  const { coldkey } = await send(competitionId, { name: "Max", salt: "first" });
  const before = sent.filter((one) => one.coldkey === coldkey).length + 1;
  await setLimits({ submissionsPerDay: before + 2 });
  const acts = ["a", "b", "c", "d"].map((salt) => codeOf(send(competitionId, { name: "Max", salt })));
  const codes = await Promise.all(acts);
  expect(codes.filter((code) => code === undefined)).toHaveLength(2);
  expect(codes.filter((code) => code === "API_SUBMISSION_QUOTA")).toHaveLength(2);
  await setLimits({ submissionsPerDay: 100 });
});

test("an artefact is no larger than the settings allow", async () => {
  const { id: competitionId } = await openCompetition(desk);
  await setLimits({ maxArtefactBytes: 1_024 });
  expect(await codeOf(send(competitionId, { salt: "x".repeat(1_024) }))).toBe("API_INVALID_INPUT");
  await setLimits({ maxArtefactBytes: 1_048_576 });
});
