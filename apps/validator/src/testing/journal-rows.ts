import type { IntentPlan } from "../store/intent.ts";
import type { KeptSnapshot } from "../store/snapshots.ts";

export const HOTKEY = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
export const IDENTITY = { genesis: `0x${"ab".repeat(32)}`, hotkey: HOTKEY };

/** A plan for tests; only what a test is about is said in it. */
export function anIntentPlan(about: Partial<IntentPlan> = {}): IntentPlan {
  return {
    storageIndex: 2,
    epochIndex: 1,
    snapshotVersion: 1,
    vectorHash: "11".repeat(32),
    row: [[0, 65_535]],
    versionKey: "0",
    plannedBlock: 30,
    ...about,
  };
}

/** A snapshot as the store keeps it; its signatures are not looked at here. */
export function aKeptSnapshot(version: number, vectorHash = "22".repeat(32)): KeptSnapshot {
  const signature = `0x${"00".repeat(64)}`;
  const certificate = { body: "{}", ownerHotkey: HOTKEY, signature };
  const signed = { version, body: `{"version":${version}}`, key: HOTKEY, signature, certificate };
  return { version, vectorHash, signed };
}
