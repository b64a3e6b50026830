import { afterAll, beforeAll, expect, test } from "vitest";
import { createDesk, type Desk, refusalOf } from "../testing/desk.ts";
import { enlist, openCompetition, submit, workAll } from "../testing/work.ts";
import { createWorld, hotkeyOf, VALIDATORS, type World } from "../testing/world.ts";

let world: World;
let desk: Desk;
let competitionId: string;

beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
  await enlist(desk, VALIDATORS);
  competitionId = (await openCompetition(desk)).id;
  for (const [name, share] of [
    ["Mia", 0.5],
    ["Mo", 0.9],
    ["Max", 0.1],
  ] as const)
    await submit(desk, { name, competitionId, skill: { share, salt: name } });
  await desk.cycle(5);
  for (const name of VALIDATORS) await workAll(desk, name);
  await desk.cycle(1);
}, 120_000);
afterAll(async () => {
  await desk.close();
  await world.close();
});

const board = (page: { limit?: number; cursor?: string | null } = {}) =>
  desk.as("reviewer").leaderboards.get({ competitionId, ...page });

test("the best is first, with its figures and how many reported on it", async () => {
  const { items } = await board();
  const names = await Promise.all(["Mo", "Mia", "Max"].map(async (name) => (await hotkeyOf(name)).address));
  expect(items.map(({ hotkey }) => hotkey)).toEqual(names);
  expect(items.map(({ rank, status }) => [rank, status])).toEqual([
    [1, "candidate"],
    [2, "candidate"],
    [3, "ineligible"],
  ]);
  const rates = items.map(({ figures }) => figures.successRate);
  expect(rates).toEqual(rates.toSorted((a, b) => b - a));
  expect(items[0]).toMatchObject({ validators: 2, isLeader: false, figures: { episodes: 200 } });
});

test("pages go on where the one before ended", async () => {
  const first = await board({ limit: 2 });
  const last = await board({ limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...last.items].map(({ rank }) => rank)).toEqual([1, 2, 3]);
  expect(last.nextCursor).toBeNull();
});

test("the approved leader is marked, wherever it stands", async () => {
  const { items: pending } = await desk.as("admin").candidates.list({ status: "pending" });
  const { address: mia } = await hotkeyOf("Mia");
  const { id = "" } = pending.find(({ hotkey }) => hotkey === mia) ?? {};
  await desk.as("admin").candidates.approve({ id });
  const { items } = await board();
  expect(items.filter(({ isLeader }) => isLeader).map(({ hotkey }) => hotkey)).toEqual([mia]);
});

test("a competition that does not exist has none", async () => {
  const unknown = { competitionId: "competition_018f0000-0000-7000-8000-000000000000" };
  expect((await refusalOf(desk.as("reviewer").leaderboards.get(unknown)))?.code).toBe("API_NOT_FOUND");
});
