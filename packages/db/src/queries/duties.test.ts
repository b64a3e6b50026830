import { afterAll, expect, test } from "vitest";
import { claimDuty, ensureDuty, finishDuty, hastenDuty, holdsDuty, listDuties, renewDuty } from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, inside } from "../testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

const claim = (name: string, seconds: number) =>
  claimDuty(db, { netuid: 1, name, now: at(seconds), leasedUntil: at(seconds + 60) });

const dueAt = (name: string, seconds: number) => ensureDuty(db, { netuid: 1, name, dueAt: at(seconds) });

test("ten claims of a due duty have one winner", async () => {
  await dueAt("ten", 100);
  const claims = await Promise.all(Array.from({ length: 10 }, () => claim("ten", 100)));
  expect(claims.filter((duty) => duty !== undefined)).toMatchObject([{ fence: 1, leasedUntil: at(160) }]);
});

test("a duty that is not due cannot be claimed", async () => {
  await dueAt("early", 100);
  expect(await claim("early", 99)).toBeUndefined();
});

test("making a duty known again leaves it as it is", async () => {
  await dueAt("known", 100);
  await dueAt("known", 500);
  expect((await listDuties(db, 1)).find(({ name }) => name === "known")).toMatchObject({ dueAt: at(100) });
});

test("a finished duty is due at its next time", async () => {
  await dueAt("next", 100);
  const duty = await claim("next", 100);
  const finish = { netuid: 1, name: "next", fence: duty?.fence ?? 0, dueAt: at(400) };
  expect(await finishDuty(db, finish)).toMatchObject({ dueAt: at(400), leasedUntil: null });
  expect(await claim("next", 399)).toBeUndefined();
  expect(await claim("next", 400)).toMatchObject({ fence: 2 });
});

test("a holder that stalled has lost its duty, and what it writes is refused", async () => {
  await dueAt("stalled", 100);
  const stalled = { netuid: 1, name: "stalled", fence: (await claim("stalled", 100))?.fence ?? 0 };
  expect(await inside(db, (trx) => holdsDuty(trx, stalled))).toBe(true);
  expect(await claim("stalled", 159)).toBeUndefined();
  const next = await claim("stalled", 160);
  expect(await inside(db, (trx) => holdsDuty(trx, stalled))).toBe(false);
  expect(await finishDuty(db, { ...stalled, dueAt: at(900) })).toBeUndefined();
  expect(await inside(db, (trx) => holdsDuty(trx, { ...stalled, fence: next?.fence ?? 0 }))).toBe(true);
});

test("a renewed claim holds until its new end, and cannot be renewed once it has ended", async () => {
  await dueAt("long", 100);
  const held = { netuid: 1, name: "long", fence: (await claim("long", 100))?.fence ?? 0 };
  const renew = (seconds: number) =>
    renewDuty(db, { ...held, now: at(seconds), leasedUntil: at(seconds + 60) });
  expect(await renew(150)).toMatchObject({ dueAt: at(210), leasedUntil: at(210) });
  expect(await claim("long", 209)).toBeUndefined();
  expect(await renew(210)).toBeUndefined();
  const next = { ...held, fence: (await claim("long", 210))?.fence ?? 0 };
  expect(await renew(220)).toBeUndefined();
  await finishDuty(db, { ...next, dueAt: at(400) });
  expect(await renewDuty(db, { ...next, now: at(230), leasedUntil: at(290) })).toBeUndefined();
});

test("a duty hastened while its claim is renewed still runs again at once", async () => {
  await dueAt("both", 100);
  const held = { netuid: 1, name: "both", fence: (await claim("both", 100))?.fence ?? 0 };
  await hastenDuty(db, { netuid: 1, name: "both", now: at(120) });
  await renewDuty(db, { ...held, now: at(130), leasedUntil: at(190) });
  await finishDuty(db, { ...held, dueAt: at(400) });
  expect(await claim("both", 140)).toMatchObject({ fence: 2 });
});

test("a hastened duty is due at once", async () => {
  await dueAt("soon", 1_000);
  await hastenDuty(db, { netuid: 1, name: "soon", now: at(50) });
  expect(await claim("soon", 50)).toMatchObject({ fence: 1 });
});

test("a duty hastened while it runs is not shared, and runs again at once", async () => {
  await dueAt("again", 100);
  const duty = await claim("again", 100);
  await hastenDuty(db, { netuid: 1, name: "again", now: at(120) });
  expect(await claim("again", 121)).toBeUndefined();
  await finishDuty(db, { netuid: 1, name: "again", fence: duty?.fence ?? 0, dueAt: at(400) });
  expect(await claim("again", 130)).toMatchObject({ fence: 2 });
});
