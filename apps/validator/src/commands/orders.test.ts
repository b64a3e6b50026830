import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findNote, writeNote } from "../store/notes.ts";
import { openStore } from "../store/open.ts";
import { takeOrders } from "../store/orders.ts";
import { IDENTITY } from "../testing/journal-rows.ts";
import { order } from "./orders.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-orders-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
const pause = { kind: "pause", reason: "looking" } as const;
const resume = { kind: "resume" } as const;

test("an order to a validator that does not run is taken at once", async () => {
  openStore(folder, IDENTITY).close();
  expect(await order(folder, { wanted: pause, signal })).toBe("pause: stands in the journal");
  const store = openStore(folder, IDENTITY);
  expect(findNote(store.db, "pause")).toEqual({ reason: "looking" });
  store.close();
  await order(folder, { wanted: resume, signal });
  const after = openStore(folder, IDENTITY);
  expect(findNote(after.db, "pause")).toBeUndefined();
  after.close();
});

test("an order to a running validator is left for its next block", async () => {
  const store = openStore(folder, IDENTITY);
  expect(await order(folder, { wanted: pause, signal, longestMs: 0 })).toMatch(
    /left for the running validator/,
  );
  expect(takeOrders(store)).toEqual([pause]);
  expect(readdirSync(join(folder, "orders"))).toEqual([]);
  expect(findNote(store.db, "pause")).toEqual({ reason: "looking" });
  store.close();
});

test("an order before the first start is left for it", async () => {
  expect(await order(folder, { wanted: pause, signal })).toMatch(/left for the first start/);
  const store = openStore(folder, IDENTITY);
  expect(takeOrders(store)).toEqual([pause]);
  store.close();
});

test("orders are taken in the order they were given, and what is none changes nothing", async () => {
  const store = openStore(folder, IDENTITY);
  for (const wanted of [pause, resume, pause]) await order(folder, { wanted, signal, longestMs: 0 });
  writeFileSync(join(folder, "orders", "0.json"), '{"kind":"burn"}');
  expect(takeOrders(store).map(({ kind }) => kind)).toEqual(["pause", "resume", "pause"]);
  expect(takeOrders(store)).toEqual([]);
  store.close();
});

test("a resume lets exactly the held vector through and forgets the stranger", async () => {
  const store = openStore(folder, IDENTITY);
  writeNote(store.db, "heldChange", { vectorHash: "aa", changePpb: 1 });
  writeNote(store.db, "stranger", { block: 3, problem: "weights" });
  writeNote(store.db, "baseline", { block: 1, nonce: 0, lastUpdate: 0, commits: [] });
  await order(folder, { wanted: resume, signal, longestMs: 0 });
  takeOrders(store);
  expect(findNote(store.db, "allowedChange")).toEqual({ vectorHash: "aa" });
  for (const gone of ["heldChange", "stranger", "baseline"] as const)
    expect(findNote(store.db, gone)).toBeUndefined();
  expect(findNote(store.db, "resumed")).toEqual({});
  store.close();
});
