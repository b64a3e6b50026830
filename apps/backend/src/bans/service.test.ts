import { latestSnapshot, listAudit } from "@assay/db";
import { expect, test } from "vitest";
import { refusalOf } from "../testing/desk.ts";
import { enlistedDesk } from "../testing/enlisted.ts";
import { over, pending } from "../testing/queue.ts";
import { openCompetition, submit, workAll } from "../testing/work.ts";
import { keysOf, VALIDATORS } from "../testing/world.ts";

const { world, desk } = await enlistedDesk();

const admin = () => desk.as("admin");
const reason = "copies others";

async function banned<Result>(address: string, work: () => Promise<Result>): Promise<Result> {
  const { id } = await admin().bans.create({ address, reason });
  try {
    return await work();
  } finally {
    await admin().bans.lift({ id, reason: "an error" });
  }
}

test.each(["hotkey", "coldkey"] as const)(
  "a banned leader is out of the next snapshot, by its %s",
  async (kind) => {
    const { id: competitionId } = await openCompetition(desk);
    const leader = await pending(desk, competitionId);
    await admin().candidates.approve({ id: leader.id });
    const before = await latestSnapshot(world.db, desk.backend);
    await banned(leader[kind], async () => {
      const after = await latestSnapshot(world.db, desk.backend);
      expect(after?.version).toBe((before?.version ?? 0) + 1);
      expect(after?.body).not.toContain(leader.id);
      const leaders = await admin().leaders.list();
      expect(leaders.filter((one) => one.competitionId === competitionId)).toEqual([]);
      const { netuid } = desk.backend;
      const [act] = (await listAudit(world.db, { netuid, action: "ban.create", limit: 1 })).items;
      expect(act).toMatchObject({ target: leader[kind], reason, facts: { snapshot: after?.version } });
    });
  },
);

test("the approved leader before the banned one leads again", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const first = await pending(desk, competitionId);
  await admin().candidates.approve({ id: first.id });
  const second = await pending(desk, competitionId, { by: "Mo", comparison: over(first.submissionId, 0.5) });
  await admin().candidates.approve({ id: second.id });
  await banned(second.coldkey, async () => {
    const leaders = await admin().leaders.list();
    expect(leaders.filter((one) => one.competitionId === competitionId)).toMatchObject([
      { candidateId: first.id },
    ]);
  });
});

test("what the banned have pending is closed and stays closed, others stay, and no snapshot is written", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const mine = await pending(desk, competitionId, { by: "Max" });
  const other = await pending(desk, competitionId, { by: "Mo" });
  const before = await latestSnapshot(world.db, desk.backend);
  await banned(mine.hotkey, async () => {
    const refusal = await refusalOf(admin().candidates.approve({ id: mine.id }));
    expect(refusal?.code).toBe("API_CANDIDATE_NOT_PENDING");
  });
  expect(await admin().candidates.get({ id: mine.id })).toMatchObject({
    status: "superseded",
    supersededBecause: "banned",
  });
  expect((await admin().candidates.get({ id: other.id })).status).toBe("pending");
  expect((await latestSnapshot(world.db, desk.backend))?.version).toBe(before?.version);
});

test("the banned cannot submit, and may again once the ban is lifted", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const send = () => submit(desk, { name: "Mia", competitionId, skill: { share: 0.5, salt: competitionId } });
  const { coldkey } = await keysOf("Mia");
  const refusal = await banned(coldkey, () => refusalOf(send()));
  expect(refusal).toMatchObject({ code: "API_BANNED", facts: { address: coldkey, reason } });
  expect((await send()).submission.status).toBe("waiting");
});

test("who is banned while a cycle runs does not become a candidate", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const skill = { share: 0.9, salt: `late ${competitionId}` };
  const { submission } = await submit(desk, { name: "Max", competitionId, skill });
  await desk.cycle(5);
  for (const name of VALIDATORS) await workAll(desk, name);
  await banned(submission.coldkey, () => desk.cycle(1));
  expect((await admin().candidates.list({ competitionId })).items).toEqual([]);
  expect(await admin().submissions.get({ id: submission.id })).toMatchObject({ status: "unscored" });
});

test("an address is banned once at a time, a ban is lifted once, and both need an admin and a reason", async () => {
  const { hotkey: address } = await keysOf("Stranger");
  const ban = await admin().bans.create({ address, reason });
  expect((await refusalOf(admin().bans.create({ address, reason })))?.code).toBe("API_BAN_CONFLICT");
  expect((await refusalOf(desk.as("reviewer").bans.lift({ id: ban.id, reason })))?.code).toBe(
    "API_FORBIDDEN",
  );
  expect((await refusalOf(admin().bans.create({ address: `${address.slice(0, -1)}1`, reason })))?.code).toBe(
    "API_INVALID_INPUT",
  );
  expect((await admin().bans.list({ inForce: "true" })).items).toMatchObject([{ id: ban.id, address }]);
  expect(await admin().bans.lift({ id: ban.id, reason: "an error" })).toMatchObject({ liftedBy: "admin" });
  expect((await refusalOf(admin().bans.lift({ id: ban.id, reason })))?.code).toBe("API_BAN_CONFLICT");
  expect((await admin().bans.list({ inForce: "true" })).items).toEqual([]);
  expect((await admin().bans.list({})).items[0]).toMatchObject({ id: ban.id, liftReason: "an error" });
});

test("approving and banning at once never leaves a banned leader", async () => {
  for (let round = 0; round < 4; round += 1) {
    const { id: competitionId } = await openCompetition(desk);
    const { id, hotkey } = await pending(desk, competitionId);
    const approval = refusalOf(admin().candidates.approve({ id }));
    const ban = await admin().bans.create({ address: hotkey, reason });
    await approval;
    const leaders = await admin().leaders.list();
    expect(leaders.filter((one) => one.hotkey === hotkey)).toEqual([]);
    expect((await latestSnapshot(world.db, desk.backend))?.body).not.toContain(id);
    await admin().bans.lift({ id: ban.id, reason: "next round" });
  }
});
