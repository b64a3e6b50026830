import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../../test/refusal.ts";
import { type EpochRun, owedPlaces, type PaidTournament, payableOwed } from "./owed.ts";
import { periodsAt } from "./test/tournaments.ts";

const place = (hotkey: string, approvedAtBlock = 450) => ({
  hotkey,
  submissionId: `agent-${hotkey}`,
  approvedAtBlock,
});
const won = (hotkey: string, later = 0, id = "first"): PaidTournament => ({
  id,
  periods: periodsAt(later),
  places: [place(hotkey, 450 + later)],
});
const run = (block: number, ...registered: string[]): EpochRun => ({
  block,
  registered: new Set(registered),
});
const owed = (hotkey: string, epochs: number, tournamentId = "first") => ({
  tournamentId,
  hotkey,
  place: 0,
  epochs,
});

test("epochs in reward without a uid are owed", () => {
  const runs = [run(500), run(540, "alice"), run(580)];
  expect(owedPlaces([won("alice")], runs)).toEqual([owed("alice", 2)]);
});

test.each([
  [499, 0],
  [500, 1],
  [599, 1],
  [600, 0],
])("an epoch that ran at block %i owes %i", (block, epochs) => {
  expect(owedPlaces([won("alice")], [run(block)])).toEqual(epochs === 0 ? [] : [owed("alice", epochs)]);
});

test("before its approval a place is owed nothing", () => {
  const late = { ...won("alice"), places: [place("alice", 560)] };
  expect(owedPlaces([late], [run(540), run(560), run(580)])).toEqual([owed("alice", 2)]);
});

test("after the end each epoch with a uid pays one back, one without waits", () => {
  const runs = [run(520), run(560), run(600, "alice"), run(640)];
  expect(owedPlaces([won("alice")], runs)).toEqual([owed("alice", 1)]);
  expect(owedPlaces([won("alice")], [...runs, run(680, "alice")])).toEqual([]);
  expect(owedPlaces([won("alice")], [...runs, run(680, "alice"), run(720, "alice")])).toEqual([]);
});

test("while another tournament is in reward nothing is paid back", () => {
  const tournaments = [won("bob", 100, "second"), won("alice")];
  const runs = [run(520), run(620, "alice", "bob"), run(720, "alice", "bob")];
  expect(owedPlaces(tournaments, runs.slice(0, 2))).toEqual([owed("alice", 1)]);
  expect(owedPlaces(tournaments, runs)).toEqual([]);
});

test("the tournament that ended first is paid first, or the next one if its winner is not there", () => {
  const both = [owed("alice", 2), owed("bob", 1, "second")];
  expect(payableOwed(both, new Set(["alice", "bob"]))).toEqual([both[0]]);
  expect(payableOwed(both, new Set(["bob"]))).toEqual([both[1]]);
  expect(payableOwed(both, new Set())).toEqual([]);
});

test("places of a podium are owed each by itself", () => {
  const podium = { ...won("alice"), places: [place("alice"), null, place("carol")] };
  expect(owedPlaces([podium], [run(520, "alice"), run(560)])).toEqual([
    owed("alice", 1),
    { ...owed("carol", 2), place: 2 },
  ]);
});

test("a run or tournament twice is refused", () => {
  expect(refusalOf(() => owedPlaces([won("alice")], [run(520), run(520)]))).toBe("CORE_DUPLICATE");
  expect(refusalOf(() => owedPlaces([won("alice"), won("bob")], []))).toBe("CORE_DUPLICATE");
  expect(refusalOf(() => owedPlaces([won("alice")], [run(Number.NaN)]))).toBe("CORE_OUT_OF_RANGE");
});

test("a winner is paid exactly as many epochs as ran in reward, however often it was gone", () => {
  const presence = fc.array(fc.boolean(), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(presence, (present) => {
      const inReward = present.map((isThere, k) => run(500 + 10 * k, ...(isThere ? ["alice"] : [])));
      const after = present.map((_, k) => run(600 + 10 * k, "alice"));
      const gone = present.filter((isThere) => !isThere).length;
      const balance = (runs: EpochRun[]) => owedPlaces([won("alice")], runs)[0]?.epochs ?? 0;
      expect(balance(inReward)).toBe(gone);
      expect(balance([...after.slice(0, gone), ...inReward])).toBe(0);
      if (gone > 0) expect(balance([...inReward, ...after.slice(0, gone - 1)])).toBe(1);
    }),
  );
});
