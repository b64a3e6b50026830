import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { anIntentPlan, IDENTITY } from "../testing/journal-rows.ts";
import type { Intent } from "./intent.ts";
import {
  checkIntents,
  findIntentOfEpoch,
  findLastConfirmed,
  listOpenIntents,
  planIntent,
  recordConfirmed,
  recordDisputed,
  recordExpired,
  recordIncluded,
  recordRefused,
  recordSigned,
} from "./intents.ts";
import { createTables } from "./schema.ts";

let db: DatabaseSync;
beforeEach(() => {
  db = newDatabase();
});

function newDatabase(): DatabaseSync {
  const fresh = new DatabaseSync(":memory:");
  createTables(fresh, IDENTITY);
  return fresh;
}

const SIGNED = { hash: "0x01", hex: "0x0102", nonce: 4, eraEnd: 60, fromBlock: 30 };
const included = (epochIndex: number) => ({ block: 33, hash: "0x33", epochIndex });

test("a second intent for the same epoch is refused in every state that is not dead", () => {
  const planned = planIntent(db, anIntentPlan());
  const again = () => planIntent(db, anIntentPlan());
  const refused = expect.objectContaining({ code: "VALIDATOR_EPOCH_TAKEN" });
  expect(again).toThrow(refused);
  const signed = recordSigned(db, planned, SIGNED);
  expect(again).toThrow(refused);
  const inBlock = recordIncluded(db, signed, included(1));
  expect(again).toThrow(refused);
  recordConfirmed(db, inBlock, { block: 34 });
  expect(again).toThrow(refused);
});

test("the database itself refuses a second live intent of an epoch", () => {
  planIntent(db, anIntentPlan());
  const copy = () =>
    db.exec("insert into intents (body, seal) select json_set(body, '$.attempt', 2), seal from intents");
  expect(copy).toThrow(/UNIQUE constraint/);
});

test("after one is provably dead the next attempt is counted", () => {
  const first = recordSigned(db, planIntent(db, anIntentPlan()), SIGNED);
  recordExpired(db, first, "era over");
  const second = recordSigned(db, planIntent(db, anIntentPlan()), { ...SIGNED, hash: "0x02" });
  recordRefused(db, second, "SettingWeightsTooFast");
  expect(planIntent(db, anIntentPlan()).attempt).toBe(3);
});

test("an extrinsic that was included late holds the epoch it takes effect in", () => {
  const late = recordSigned(db, planIntent(db, anIntentPlan({ epochIndex: 1 })), SIGNED);
  recordIncluded(db, late, included(2));
  expect(findIntentOfEpoch(db, { storageIndex: 2, epochIndex: 2 })?.id).toBe(late.id);
  expect(() => planIntent(db, anIntentPlan({ epochIndex: 2 }))).toThrow(/at most one takes effect/);
  expect(planIntent(db, anIntentPlan({ epochIndex: 3 })).epochIndex).toBe(3);
});

test("another mechanism of the subnet has epochs of its own", () => {
  planIntent(db, anIntentPlan());
  expect(planIntent(db, anIntentPlan({ storageIndex: 4098 })).attempt).toBe(1);
});

test("open intents are those whose end is unknown", () => {
  const planned = planIntent(db, anIntentPlan({ epochIndex: 1 }));
  const signed = recordSigned(db, planIntent(db, anIntentPlan({ epochIndex: 2 })), SIGNED);
  expect(listOpenIntents(db, 2).map(({ id }) => id)).toEqual([planned.id, signed.id]);
  recordExpired(db, planned, "never signed");
  const inBlock = recordIncluded(db, signed, included(2));
  expect(listOpenIntents(db, 2).map(({ state }) => state)).toEqual(["included"]);
  recordConfirmed(db, inBlock, { block: 34 });
  expect(listOpenIntents(db, 2)).toEqual([]);
  expect(findLastConfirmed(db, 2)).toMatchObject({ id: signed.id, confirmedBlock: 34 });
});

test("a disputed intent is closed and still holds its epoch", () => {
  const inBlock = recordIncluded(db, recordSigned(db, planIntent(db, anIntentPlan()), SIGNED), included(1));
  recordDisputed(db, inBlock, "the chain shows another row");
  expect(listOpenIntents(db, 2)).toEqual([]);
  expect(() => planIntent(db, anIntentPlan())).toThrow(/already has an extrinsic/);
});

test("an intent read before another step was recorded is not moved again", () => {
  const planned = planIntent(db, anIntentPlan());
  recordSigned(db, planned, SIGNED);
  expect(() => recordSigned(db, planned, { ...SIGNED, hash: "0x02" })).toThrow(
    expect.objectContaining({ code: "VALIDATOR_INTENT_MOVED" }),
  );
});

test("nothing is disputed that was never in a block", () => {
  const signed = recordSigned(db, planIntent(db, anIntentPlan()), SIGNED);
  expect(() => recordDisputed(db, signed, "x")).toThrow(/VALIDATOR_INTENT_MOVED/);
});

test("what is confirmed or dead stays so", () => {
  const inBlock = recordIncluded(db, recordSigned(db, planIntent(db, anIntentPlan()), SIGNED), included(1));
  const confirmed = recordConfirmed(db, inBlock, { block: 34 });
  expect(() => recordExpired(db, confirmed, "x")).toThrow(/VALIDATOR_INTENT_MOVED/);
});

test("a record whose text was changed is not believed", () => {
  planIntent(db, anIntentPlan());
  db.exec(`update intents set body = json_set(body, '$.snapshotVersion', 9)`);
  expect(() => checkIntents(db)).toThrow(expect.objectContaining({ code: "VALIDATOR_JOURNAL_DAMAGED" }));
});

test("in no order of steps do two extrinsics take effect in one epoch", () => {
  const steps = fc.array(fc.record({ act: fc.nat({ max: 6 }), isNewEpoch: fc.boolean() }), { maxLength: 60 });
  const twice = `select count(*) as n from intents a join intents b on a.id < b.id
    where a.effective_epoch = b.effective_epoch and 'refused' not in (a.state, b.state)`;
  fc.assert(
    fc.property(steps, (acts) => {
      const fresh = newDatabase();
      let now = 0;
      for (const { act, isNewEpoch } of acts) {
        if (isNewEpoch) now += 1;
        attempt(() => step(fresh, act, now));
      }
      expect(fresh.prepare(twice).get()?.["n"]).toBe(0);
      fresh.close();
    }),
    { numRuns: 300 },
  );
});

/** One act of a validator that first settles what is open, as the weights duty does. */
function step(fresh: DatabaseSync, act: number, epochIndex: number): unknown {
  const open = listOpenIntents(fresh, 2)[0];
  if (act === 0 && open === undefined) return planIntent(fresh, anIntentPlan({ epochIndex }));
  if (open === undefined) return undefined;
  const acts: ((intent: Intent) => unknown)[] = [
    (intent) => recordSigned(fresh, intent, SIGNED),
    (intent) => recordIncluded(fresh, intent, included(epochIndex)),
    (intent) => recordConfirmed(fresh, intent, { block: 40 }),
    (intent) => recordExpired(fresh, intent, "dead"),
    (intent) => recordRefused(fresh, intent, "failed"),
    (intent) => recordDisputed(fresh, intent, "other row"),
  ];
  return acts[act - 1]?.(open);
}

function attempt(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    expect(error).toHaveProperty("code", expect.stringMatching(/^VALIDATOR_(EPOCH_TAKEN|INTENT_MOVED)$/));
  }
}
