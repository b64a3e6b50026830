import { currentLeaders, findSubmission, latestSnapshot, listAudit } from "@assay/db";
import { expect, test } from "vitest";
import { reviewsDuty } from "../duties/reviews.ts";
import { refusalOf } from "../testing/desk.ts";
import { enlistedDesk } from "../testing/enlisted.ts";
import { FIGURES, over, pending, person } from "../testing/queue.ts";
import { enlist, openCompetition, submit, workAll } from "../testing/work.ts";
import { hotkeyOf, keysOf, VALIDATORS } from "../testing/world.ts";

const { world, desk } = await enlistedDesk();

const admin = () => desk.as("admin");
const reason = "copied from elsewhere";
const statusOf = async (id: string) => (await admin().candidates.get({ id })).status;

async function leaderOf(competitionId: string): Promise<string | undefined> {
  const leaders = await currentLeaders(world.db, desk.backend.netuid);
  return leaders.find((leader) => leader.competitionId === competitionId)?.candidateId;
}

/** Two approved candidates, the second over the first. */
async function succession() {
  const { id: competitionId } = await openCompetition(desk);
  const first = await pending(desk, competitionId);
  await admin().candidates.approve({ id: first.id });
  const second = await pending(desk, competitionId, { by: "Mo", comparison: over(first.submissionId, 0.5) });
  return { competitionId, first, second };
}

test("revoking the leader lets the one before lead again, in one snapshot and one audit row", async () => {
  const { competitionId, first, second } = await succession();
  await admin().candidates.approve({ id: second.id });
  const before = await latestSnapshot(world.db, desk.backend);
  const revoked = await admin().candidates.revoke({ id: second.id, reason });
  expect(revoked).toMatchObject({ status: "revoked", decision: { action: "revoke", reason } });
  expect(await leaderOf(competitionId)).toBe(first.id);
  const after = await latestSnapshot(world.db, desk.backend);
  expect(after?.version).toBe((before?.version ?? 0) + 1);
  expect(JSON.parse(after?.body ?? "").instances[0].decisions).toContain(first.id);
  expect(after?.body).not.toContain(second.id);
  const [act] = (await listAudit(world.db, { netuid: desk.backend.netuid, limit: 1 })).items;
  expect(act).toMatchObject({ action: "candidate.revoke", target: second.id, reason });
  expect(act?.facts).toMatchObject({ leads: first.id, snapshot: after?.version });
});

test("revoking the only leader leaves nobody, and only an approval can be revoked, with a reason", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await pending(desk, competitionId);
  expect((await refusalOf(admin().candidates.revoke({ id, reason })))?.code).toBe(
    "API_CANDIDATE_NOT_APPROVED",
  );
  await admin().candidates.approve({ id });
  expect((await refusalOf(admin().candidates.revoke({ id, reason: " " })))?.code).toBe("API_INVALID_INPUT");
  expect((await refusalOf(desk.as("reviewer").candidates.revoke({ id, reason })))?.code).toBe(
    "API_FORBIDDEN",
  );
  await admin().candidates.revoke({ id, reason });
  expect(await leaderOf(competitionId)).toBeUndefined();
  expect((await refusalOf(admin().candidates.revoke({ id, reason })))?.code).toBe(
    "API_CANDIDATE_NOT_APPROVED",
  );
});

test("of two admins who revoke at once one is heard, and one snapshot is written", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await pending(desk, competitionId);
  await admin().candidates.approve({ id });
  const before = await latestSnapshot(world.db, desk.backend);
  const acts = ["ada", "bob"].map((name) =>
    refusalOf(desk.as("admin", name).candidates.revoke({ id, reason })),
  );
  const codes = (await Promise.all(acts)).map((refusal) => refusal?.code ?? "revoked").toSorted();
  expect(codes).toEqual(["API_CANDIDATE_NOT_APPROVED", "revoked"]);
  const after = await latestSnapshot(world.db, desk.backend);
  expect(after?.version).toBe((before?.version ?? 0) + 1);
});

test("a former leader that is banned or has left is passed over", async () => {
  const { competitionId, first, second } = await succession();
  await admin().candidates.approve({ id: second.id });
  const third = await pending(desk, competitionId, { by: "Max", comparison: over(second.submissionId, 0.5) });
  await admin().candidates.approve({ id: third.id });
  const ban = await admin().bans.create({ address: (await keysOf("Mo")).coldkey, reason });
  await admin().candidates.revoke({ id: third.id, reason });
  await admin().bans.lift({ id: ban.id, reason: "an error" });
  expect(await leaderOf(competitionId)).toBe(first.id);
});

test("a revocation re-queues whom the fallen bar had passed", async () => {
  const { competitionId, first, second } = await succession();
  const other = await pending(desk, competitionId, { by: "Max", comparison: over(first.submissionId, 0.3) });
  await admin().candidates.approve({ id: second.id });
  expect(await admin().candidates.get({ id: other.id })).toMatchObject({
    status: "superseded",
    supersededBecause: "bar-moved",
  });
  world.clock.advance(5_000);
  await admin().candidates.revoke({ id: second.id, reason });
  const again = await admin().candidates.get({ id: other.id });
  expect(again).toMatchObject({ status: "pending", supersededBecause: null, waitingSeconds: 0 });
  expect(again.comparison?.leaderSubmissionId).toBe(first.submissionId);
  await admin().candidates.approve({ id: other.id });
  expect(await leaderOf(competitionId)).toBe(other.id);
});

test("with nobody left to lead, whoever was passed may be approved again", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const [one, other] = [await pending(desk, competitionId), await pending(desk, competitionId, { by: "Mo" })];
  await admin().candidates.approve({ id: one.id });
  expect(await statusOf(other.id)).toBe("superseded");
  await admin().candidates.revoke({ id: one.id, reason });
  expect(await admin().candidates.get({ id: other.id })).toMatchObject({
    status: "pending",
    comparison: null,
  });
  await admin().candidates.approve({ id: other.id });
  expect(await leaderOf(competitionId)).toBe(other.id);
});

test("who was only compared with the fallen leader runs again in another cycle", async () => {
  const { competitionId, second } = await succession();
  await admin().candidates.approve({ id: second.id });
  const late = await pending(desk, competitionId, { by: "Max", comparison: over(second.submissionId, 0.3) });
  await admin().candidates.revoke({ id: second.id, reason });
  expect(await statusOf(late.id)).toBe("superseded");
  expect(await findSubmission(world.db, late.submissionId)).toMatchObject({
    status: "waiting",
    cycleId: null,
  });
});

test("a contested candidate takes a recommendation of somebody else about the present leader", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await pending(desk, competitionId, { contested: true });
  const [ada, adaToo, rob] = await Promise.all([
    person(desk, { role: "admin", owner: "ada" }),
    person(desk, { role: "reviewer", owner: "ada" }),
    person(desk, { role: "reviewer", owner: "rob" }),
  ]);
  const attempt = async () => (await refusalOf(ada.candidates.approve({ id })))?.code;
  expect(await attempt()).toBe("API_FOUR_EYES_NEEDED");
  await adaToo.candidates.recommend({ id, verdict: "approve", note: "looks right" });
  await rob.candidates.recommend({ id, verdict: "note", note: "needs a look" });
  expect(await attempt()).toBe("API_FOUR_EYES_NEEDED");
  await rob.candidates.recommend({ id, verdict: "approve", note: "watched the runs" });
  await rob.candidates.recommend({ id, verdict: "reject", note: "changed my mind" });
  expect(await attempt()).toBe("API_FOUR_EYES_NEEDED");
  const reviewed = await rob.candidates.recommend({ id, verdict: "approve", note: "convinced again" });
  expect(reviewed).toMatchObject({ status: "pending", needsFourEyes: true });
  expect(reviewed.reviews.map(({ owner, isCurrent }) => [owner, isCurrent])).toContainEqual(["rob", true]);
  expect(await attempt()).toBeUndefined();
});

test("a recommendation does not outlive its key, nor the leader it was about", async () => {
  const { id: competitionId } = await openCompetition(desk);
  await admin().competitions.update({ id: competitionId, fourEyes: true });
  const [ada, rob, eve] = await Promise.all([
    person(desk, { role: "admin", owner: "ada" }),
    person(desk, { role: "reviewer", owner: "rob" }),
    person(desk, { role: "reviewer", owner: "eve" }),
  ]);
  const first = await pending(desk, competitionId);
  await eve.candidates.recommend({ id: first.id, verdict: "approve", note: "looks right" });
  await admin().keys.revoke({ id: eve.id });
  expect((await refusalOf(ada.candidates.approve({ id: first.id })))?.code).toBe("API_FOUR_EYES_NEEDED");
  await rob.candidates.recommend({ id: first.id, verdict: "approve", note: "looks right" });
  const second = await pending(desk, competitionId, { by: "Mo", comparison: over(first.submissionId, 0.5) });
  await rob.candidates.recommend({ id: second.id, verdict: "approve", note: "before anybody led" });
  await ada.candidates.approve({ id: first.id });
  const refusal = await refusalOf(ada.candidates.approve({ id: second.id }));
  expect(refusal).toMatchObject({ code: "API_FOUR_EYES_NEEDED", facts: { cause: "competition" } });
});

test("nobody approves, or recommends, for a miner they have a stake in", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id, hotkey, coldkey } = await pending(desk, competitionId);
  const declared = await person(desk, { role: "admin", owner: "ira", interests: [coldkey] });
  const later = await person(desk, { role: "admin", owner: "ivo" });
  await later.keys.declareInterests({ addresses: [hotkey] });
  const bound = await person(desk, { role: "admin", owner: "iris" });
  await admin().keys.create({ name: "bound", role: "validator", hotkey, owner: "iris" });
  for (const { candidates } of [declared, later, bound]) {
    expect((await refusalOf(candidates.approve({ id })))?.code).toBe("API_CONFLICT_OF_INTEREST");
    const recommended = candidates.recommend({ id, verdict: "approve", note: "mine is best" });
    expect((await refusalOf(recommended))?.code).toBe("API_CONFLICT_OF_INTEREST");
  }
  expect(await statusOf(id)).toBe("pending");
});

test("who waits longer than the settings allow is shown, listed and written down once", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await pending(desk, competitionId);
  await admin().settings.put({ basedOn: 0, settings: { reviewSlaHours: 2 } });
  const overdue = async () =>
    (await admin().candidates.list({ competitionId, overdue: "true" })).items.map((one) => one.id);
  expect(await overdue()).toEqual([]);
  world.clock.advance(2 * 3_600_000);
  await desk.run(reviewsDuty(desk.backend));
  world.clock.advance(60_000);
  await desk.run(reviewsDuty(desk.backend));
  expect(await overdue()).toEqual([id]);
  expect(await admin().candidates.get({ id })).toMatchObject({ isOverdue: true, waitingSeconds: 7_260 });
  const { netuid } = desk.backend;
  const { items } = await listAudit(world.db, { netuid, action: "candidate.overdue", target: id, limit: 9 });
  expect(items).toHaveLength(1);
});

test("a candidate is shown beside the leader as each validator measured both on the same seeds", async () => {
  await enlist(desk, VALIDATORS);
  const { id: competitionId } = await openCompetition(desk);
  for (const [name, share] of [
    ["Mia", 0.6],
    ["Max", 0.9],
  ] as const)
    await submit(desk, { name, competitionId, skill: { share, salt: competitionId } });
  await desk.cycle(5);
  for (const name of VALIDATORS) await workAll(desk, name);
  await desk.cycle(1);
  const { items } = await admin().candidates.list({ competitionId });
  const of = async (name: string) => {
    const { address } = await hotkeyOf(name);
    return items.find(({ hotkey }) => hotkey === address)?.id ?? "";
  };
  const [mia, max] = [await of("Mia"), await of("Max")];
  expect(await admin().candidates.compare({ id: max })).toMatchObject({ leader: null, verdict: null });
  await admin().candidates.approve({ id: mia });
  const { leader, verdict, environments } = await desk.as("reviewer").candidates.compare({ id: max });
  expect(leader).toMatchObject({ hotkey: (await hotkeyOf("Mia")).address, ranSameSeeds: true });
  expect(verdict?.difference).toBeGreaterThan(verdict?.bar ?? 1);
  const [environment] = environments;
  expect(environment?.byValidator).toHaveLength(VALIDATORS.length);
  for (const { challenger, leader: led, paired } of environment?.byValidator ?? []) {
    const difference = challenger.successRate - (led?.successRate ?? 0);
    expect(paired).toMatchObject({ seeds: 200, onlyLeader: 0, onlyChallenger: Math.round(difference * 200) });
    expect(paired?.difference).toBeCloseTo(difference, 12);
  }
});

test("candidates are filtered by their miner and by what is contested", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const mine = await pending(desk, competitionId, { contested: true });
  const other = await pending(desk, competitionId, { by: "Mo", figures: FIGURES });
  const ids = async (filter: object) =>
    (await admin().candidates.list({ competitionId, ...filter })).items.map(({ id }) => id);
  expect(await ids({ contested: "true" })).toEqual([mine.id]);
  expect(await ids({ contested: "false" })).toEqual([other.id]);
  expect(await ids({ coldkey: other.coldkey })).toEqual([other.id]);
  expect(await ids({ hotkey: mine.hotkey, status: "pending" })).toEqual([mine.id]);
});
