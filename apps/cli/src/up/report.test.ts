import { expect, test } from "vitest";
import { type EpochReport, leaderEarned, type UpReport } from "./report.ts";

const LEADER = {
  hotkey: "miner",
  competition: "c",
  approvedBy: "admin",
  approvedAt: "2026-01-01T00:00:00.000Z",
};

function epoch(incentive: number[]): EpochReport {
  const uids = [
    { uid: 0, hotkey: "owner", role: "owner" as const },
    { uid: 1, hotkey: "miner", role: "miner" as const },
  ];
  return { index: 1, block: 40, uids, weights: {}, consensus: [], incentive, dividends: [], emission: [] };
}

function report(changed: Partial<UpReport>): UpReport {
  return { netuid: 1, endpoint: "", epochs: [], leader: LEADER, snapshots: [], extrinsics: [], ...changed };
}

test("a leader earned if some epoch paid its hotkey", () => {
  expect(leaderEarned(report({ epochs: [epoch([65_535, 0]), epoch([0, 65_535])] }))).toBe(true);
});

test("a leader whose epochs all paid others has not earned", () => {
  expect(leaderEarned(report({ epochs: [epoch([65_535, 0])] }))).toBe(false);
});

test("a leader that is not registered has not earned", () => {
  expect(leaderEarned(report({ leader: { ...LEADER, hotkey: "gone" }, epochs: [epoch([1, 1])] }))).toBe(
    false,
  );
});

test("nobody earned without a leader", () => {
  expect(leaderEarned(report({ leader: null, epochs: [epoch([65_535, 65_535])] }))).toBe(false);
});
