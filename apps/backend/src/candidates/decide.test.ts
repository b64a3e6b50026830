import { latestSnapshot } from "@assay/db";
import { expect, test } from "vitest";
import { refusalOf } from "../testing/desk.ts";
import { enlistedDesk } from "../testing/enlisted.ts";
import { FIGURES, over, pending } from "../testing/queue.ts";
import { openCompetition, submit, workAll } from "../testing/work.ts";
import { hotkeyOf, VALIDATORS } from "../testing/world.ts";

const { world, desk } = await enlistedDesk();

const admin = (name = "admin") => desk.as("admin", name);

test("approving records who, why and when, and writes leader, snapshot and audit row together", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await pending(desk, competitionId);
  const { address: hotkey } = await hotkeyOf("Mia");
  const approved = await admin("ada").candidates.approve({ id, reason: "looks right" });
  const at = new Date(world.clock.now()).toISOString();
  const by = { by: "ada", keyId: "key_ada" };
  expect(approved.decision).toEqual({ action: "approve", ...by, reason: "looks right", at });
  const snapshot = await latestSnapshot(world.db, desk.backend);
  expect(JSON.parse(snapshot?.body ?? "")).toMatchObject({
    instances: [{ decisions: expect.arrayContaining([id]) }],
  });
  const [act] = (await admin().audit.list({})).items;
  expect(act).toMatchObject({
    actor: "key_ada",
    action: "candidate.approve",
    target: id,
    reason: "looks right",
  });
  expect(act?.facts).toMatchObject({ hotkey, replaced: null, snapshot: snapshot?.version, keyName: "ada" });
});

test("of two admins who decide at once exactly one is heard", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await pending(desk, competitionId);
  const before = await latestSnapshot(world.db, desk.backend);
  const acts = [
    admin("ada").candidates.approve({ id }),
    admin("bob").candidates.approve({ id }),
    admin("cyd").candidates.approve({ id }),
  ];
  const refusals = await Promise.all(acts.map(refusalOf));
  const codes = refusals.map((refusal) => refusal?.code ?? "approved").toSorted();
  expect(codes).toEqual(["API_CANDIDATE_NOT_PENDING", "API_CANDIDATE_NOT_PENDING", "approved"]);
  const after = await latestSnapshot(world.db, desk.backend);
  expect(after?.version).toBe((before?.version ?? 0) + 1);
});

test("approving and rejecting at once leaves one decision and no leader that was rejected", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await pending(desk, competitionId);
  await Promise.all([
    refusalOf(admin("ada").candidates.approve({ id })),
    refusalOf(admin("bob").candidates.reject({ id, reason: "copied" })),
  ]);
  const { status } = await admin().candidates.get({ id });
  const leads = (await admin().leaders.list()).some((leader) => leader.competitionId === competitionId);
  expect([status, leads]).toEqual(status === "approved" ? ["approved", true] : ["rejected", false]);
});

test("two candidates of one competition approved at once: the second no longer stands", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const [first, second] = [
    await pending(desk, competitionId),
    await pending(desk, competitionId, { by: "Mo" }),
  ];
  const acts = [first, second].map(({ id }) => refusalOf(admin().candidates.approve({ id })));
  const codes = (await Promise.all(acts)).map((refusal) => refusal?.code ?? "approved").toSorted();
  expect(codes).toEqual(["API_CANDIDATE_NOT_PENDING", "approved"]);
  const leaders = (await admin().leaders.list()).filter((leader) => leader.competitionId === competitionId);
  expect(leaders).toHaveLength(1);
});

test("a rejection needs a reason and affects nobody else", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const [one, other] = [await pending(desk, competitionId), await pending(desk, competitionId, { by: "Mo" })];
  expect((await refusalOf(admin().candidates.reject({ id: one.id, reason: " " })))?.code).toBe(
    "API_INVALID_INPUT",
  );
  const rejected = await admin().candidates.reject({ id: one.id, reason: "copied from elsewhere" });
  expect(rejected).toMatchObject({ status: "rejected", decision: { reason: "copied from elsewhere" } });
  expect((await admin().candidates.get({ id: other.id })).status).toBe("pending");
  expect((await refusalOf(admin().candidates.approve({ id: one.id })))?.code).toBe(
    "API_CANDIDATE_NOT_PENDING",
  );
});

test.each(["viewer", "reviewer", "validator"] as const)("a %s decides nothing", async (role) => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await pending(desk, competitionId);
  const { candidates } = desk.as(role);
  expect((await refusalOf(candidates.approve({ id })))?.code).toBe("API_FORBIDDEN");
  expect((await refusalOf(candidates.reject({ id, reason: "because" })))?.code).toBe("API_FORBIDDEN");
  expect((await admin().candidates.get({ id })).status).toBe("pending");
});

test("a candidate that is not registered any more cannot be approved", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await pending(desk, competitionId, { by: "Nobody" });
  const refusal = await refusalOf(admin().candidates.approve({ id }));
  expect(refusal).toMatchObject({ code: "API_CANDIDATE_STALE", facts: { cause: "unregistered" } });
  expect((await admin().candidates.get({ id })).status).toBe("pending");
});

test("a candidate under its thresholds cannot be approved, and the refusal says by how much", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const { id } = await pending(desk, competitionId, { figures: { ...FIGURES, successRate: 0.2 } });
  const refusal = await refusalOf(admin().candidates.approve({ id }));
  const difference = "success-rate is 0.2, 0.3 is required";
  expect(refusal).toMatchObject({ code: "API_CANDIDATE_STALE", facts: { cause: "ineligible", difference } });
});

test("a candidate compared with nobody, with somebody else, or under the bar cannot replace a leader", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const leader = await pending(desk, competitionId);
  await admin().candidates.approve({ id: leader.id });
  const causes = [];
  for (const comparison of [
    null,
    over("submission_018f0000-0000-7000-8000-000000000000", 0.5),
    over(leader.submissionId, 0.02),
    over(leader.submissionId, 0.021),
  ]) {
    const { id } = await pending(desk, competitionId, { by: "Mo", comparison });
    const refusal = await refusalOf(admin().candidates.approve({ id }));
    causes.push((refusal?.facts as { cause?: string } | undefined)?.cause ?? "approved");
  }
  expect(causes).toEqual(["leader-changed", "leader-changed", "below-bar", "approved"]);
});

test("an unknown candidate is not found", async () => {
  const id = "candidate_018f0000-0000-7000-8000-000000000000";
  expect((await refusalOf(admin().candidates.approve({ id })))?.code).toBe("API_NOT_FOUND");
});

test("a new leader moves the bar: who ran the same seeds and still beats it stays, the rest is superseded", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const skills = { Mia: 0.6, Mo: 0.605, Max: 0.97 };
  for (const [name, share] of Object.entries(skills))
    await submit(desk, { name, competitionId, skill: { share, salt: competitionId } });
  await desk.cycle(5);
  for (const name of VALIDATORS) await workAll(desk, name);
  await desk.cycle(1);
  const byHotkey = new Map(
    (await admin().candidates.list({ competitionId })).items.map((candidate) => [
      candidate.hotkey,
      candidate,
    ]),
  );
  const [mia, mo, max] = await Promise.all(
    Object.keys(skills).map(async (name) => byHotkey.get((await hotkeyOf(name)).address)),
  );
  await admin().candidates.approve({ id: mia?.id ?? "" });
  const now = async (id = "") => admin().candidates.get({ id });
  expect((await now(mo?.id)).status).toBe("superseded");
  expect(await now(max?.id)).toMatchObject({
    status: "pending",
    comparison: { leaderSubmissionId: mia?.submissionId },
  });
  await admin().candidates.approve({ id: max?.id ?? "" });
  const leaders = (await admin().leaders.list()).filter((leader) => leader.competitionId === competitionId);
  expect(leaders).toMatchObject([{ submissionId: max?.submissionId }]);
});
