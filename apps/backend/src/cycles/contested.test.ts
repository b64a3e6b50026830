import { afterAll, beforeAll, expect, test } from "vitest";
import { createDesk, type Desk, refusalOf } from "../testing/desk.ts";
import { enlist, evaluated, openCompetition, submit } from "../testing/work.ts";
import { createWorld, type World } from "../testing/world.ts";

/** One of them has more than half of the stake, and four others more than the cap leaves it. */
const VALIDATORS = ["Whale", "Ann", "Ben", "Cid", "Dan", "Eve"];
const stakes = { Whale: 11_000_000_000_000n };

let world: World;
let desk: Desk;
beforeAll(async () => {
  world = await createWorld({ validators: VALIDATORS, stakes });
  desk = await createDesk(world);
  await enlist(desk, VALIDATORS);
});
afterAll(async () => {
  await desk.close();
  await world.close();
});

test("what only the validator with most of the stake finds good is contested: one admin alone cannot approve it", async () => {
  const { id: competitionId } = await openCompetition(desk);
  await submit(desk, { name: "Mia", competitionId, skill: { share: 0.6, salt: "contested" } });
  await desk.cycle(5);
  const failure = { code: "EVALUATOR_AGENT_TIMEOUT", detail: "no answer within 5 s" };
  for (const name of VALIDATORS) {
    const validator = await desk.signedBy(name);
    const job = await validator.jobs.claim();
    if (job === null) throw new Error(`${name} was not asked`);
    const changed = name === "Whale" ? {} : { failure, episodes: [] };
    await validator.results.report(await evaluated(desk, { name, job, changed }));
  }
  await desk.cycle(1);
  const [candidate] = (await desk.as("reviewer").candidates.list({ competitionId })).items;
  expect(candidate).toMatchObject({ status: "pending", contested: true, validators: 6, stakeShare: 1 });
  const refusal = await refusalOf(desk.as("admin").candidates.approve({ id: candidate?.id ?? "" }));
  expect(refusal).toMatchObject({ code: "API_FOUR_EYES_NEEDED", facts: { cause: "contested" } });
});
