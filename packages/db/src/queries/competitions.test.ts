import { RulesDocument, Thresholds } from "@assay/core";
import { afterAll, expect, test } from "vitest";
import {
  findRulesDocument,
  getCompetition,
  getThresholds,
  insertRulesDocument,
  listCompetitions,
  listRulesDocuments,
  listThresholds,
  moveCompetition,
  reviseThresholds,
  violatedConstraint,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, EVALUATOR, inside, someCompetition } from "../testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

test("a new competition is open under the first version of its thresholds", async () => {
  const id = await someCompetition(db);
  expect(await getCompetition(db, id)).toMatchObject({
    status: "open",
    evaluator: EVALUATOR,
    taskConfig: {},
    thresholdsVersion: 1,
  });
  expect(await getThresholds(db, { competitionId: id, version: 1 })).toMatchObject(Thresholds.parse({}));
});

test("thresholds are revised by who has seen the version in force", async () => {
  const competitionId = await someCompetition(db);
  const thresholds = Thresholds.parse({ winMargin: 0.05 });
  const revision = { competitionId, basedOn: 1, thresholds, createdAt: at(5) };
  const revise = () => inside(db, (trx) => reviseThresholds(trx, revision));
  const outcomes = await Promise.all([revise(), revise(), revise()]);
  expect(outcomes.filter((row) => row !== undefined)).toMatchObject([{ version: 2, winMargin: 0.05 }]);
  expect(await getCompetition(db, competitionId)).toMatchObject({ thresholdsVersion: 2 });
  expect(await listThresholds(db, competitionId)).toMatchObject([{ winMargin: 0.02 }, { winMargin: 0.05 }]);
});

test.each([
  ["minSuccessRate", Number.NaN],
  ["minAvgReward", Number.NaN],
  ["minAvgReward", Number.POSITIVE_INFINITY],
  ["maxEpisodes", 0],
  ["winMargin", 1.5],
  ["zScore", Number.NaN],
  ["minLead", -0.1],
  ["ceiling", Number.NEGATIVE_INFINITY],
])("the table refuses thresholds with %s %d", async (name, value) => {
  const competitionId = await someCompetition(db);
  const thresholds = { ...Thresholds.parse({}), [name]: value };
  const revision = { competitionId, basedOn: 1, thresholds, createdAt: at(5) };
  const refusal = await inside(db, (trx) => reviseThresholds(trx, revision)).catch((error: unknown) =>
    violatedConstraint(error),
  );
  expect(refusal).toMatch(/^thresholds_.*_check$/);
});

test("lists the competitions of a subnet, of one status if asked", async () => {
  const [first, second] = [await someCompetition(db, 60), await someCompetition(db, 60)];
  const ids = async (status?: "open" | "paused") =>
    (await listCompetitions(db, { netuid: 60, ...(status && { status }) })).map(({ id }) => id);
  const move = () => inside(db, (trx) => moveCompetition(trx, { id: first, from: "open", to: "paused" }));
  expect(await ids()).toEqual([first, second]);
  expect(await move()).toMatchObject({ status: "paused" });
  expect(await move()).toBeUndefined();
  expect([await ids("open"), await ids("paused")]).toEqual([[second], [first]]);
});

test("what is unknown is not found", async () => {
  await expect(getCompetition(db, "competition_x")).rejects.toMatchObject({ code: "DB_NOT_FOUND" });
  const version = { competitionId: "competition_x", version: 1 };
  await expect(getThresholds(db, version)).rejects.toMatchObject({ code: "DB_NOT_FOUND" });
});

function rules(fromBlock: number): RulesDocument {
  return RulesDocument.parse({
    scheme: "assay-rules-v1",
    netuid: 61,
    mechid: 0,
    fromBlock,
    versionKey: "18446744073709551615",
    minValidatorVersion: "0.1.0",
    burn: 0,
    instances: [{ id: "main", mechanism: "competition", share: 1_000_000_000 }],
  });
}

test("the rules in force are the latest that have begun", async () => {
  const publish = (document: RulesDocument) =>
    inside(db, (trx) => insertRulesDocument(trx, { document, createdAt: at(0) }));
  await publish(rules(10));
  await publish(rules(20));
  expect(await publish(rules(20))).toBeUndefined();
  const inForce = async (block: number) =>
    (await findRulesDocument(db, { netuid: 61, mechid: 0, block }))?.document;
  expect([await inForce(9), await inForce(19), await inForce(20)]).toEqual([undefined, rules(10), rules(20)]);
  expect(await listRulesDocuments(db, { netuid: 61, mechid: 0 })).toHaveLength(2);
});
