import { DatabaseSync, type StatementSync } from "node:sqlite";
import { expect, test } from "vitest";
import { IDENTITY } from "../testing/journal-rows.ts";
import {
  countByState,
  findIntentOfEpoch,
  findLastConfirmed,
  listOpenIntents,
  listSealedIntents,
} from "./intents.ts";
import { hasCommitted, knownDoings } from "./own-doings.ts";
import { countQueuedResults, listQueuedResults } from "./results.ts";
import { createTables } from "./schema.ts";

/** A journal that says how it would answer each question it is asked. */
class Explained extends DatabaseSync {
  readonly plans: string[] = [];

  override prepare(sql: string): StatementSync {
    const steps = super.prepare(`explain query plan ${sql}`).all();
    this.plans.push(...steps.map(({ detail }) => String(detail)));
    return super.prepare(sql);
  }
}

test("what is asked with every block reads no table from end to end", () => {
  const db = new Explained(":memory:");
  createTables(db, IDENTITY);
  db.plans.length = 0;
  findIntentOfEpoch(db, { storageIndex: 2, epochIndex: 1 });
  listOpenIntents(db, 2);
  listSealedIntents(db, 2);
  findLastConfirmed(db, 2);
  knownDoings(db, 2);
  hasCommitted(db, "0x00");
  listQueuedResults(db, 10);
  countQueuedResults(db);
  countByState(db);
  const searches = db.plans.filter((step) => step.startsWith("SEARCH"));
  const index = (step: string) => /USING (?:COVERING )?INDEX (\w+)/.exec(step)?.[1];
  expect(searches.map(index).join(" ")).toBe(
    "one_live_intent live_by_effect open_intents sealed_intents confirmed_intents including_blocks commit_hashes queued_results queued_results",
  );
  const scans = db.plans.filter((step) => step.startsWith("SCAN"));
  // The newest nonce is the last entry of its index, and the states are counted without reading a text.
  expect(scans).toEqual(["SCAN intents USING INDEX used_nonces", "SCAN intents USING INDEX intent_states"]);
  expect(db.plans.filter((step) => step.includes("TEMP B-TREE"))).toEqual([]);
  db.close();
});
