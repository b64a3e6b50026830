import type { Heartbeat } from "@assay/core";
import { expect, test } from "vitest";
import { heartbeatDuty } from "./heartbeat.ts";

const STATE: Heartbeat = { softwareVersion: "0.1.0", duties: ["weights"], snapshotVersion: 3, lastSet: null };
const head = (block: number) => ({ block, hash: "0x" });

test("a heartbeat is sent at the first block and then every fourth", async () => {
  const sent: Heartbeat[] = [];
  const presence = { validators: { heartbeat: async (state: Heartbeat) => void sent.push(state) } };
  const duty = heartbeatDuty(presence, () => ({ ...STATE, snapshotVersion: sent.length + 1 }));
  const { signal } = new AbortController();
  for (let block = 10; block < 19; block++) await duty.run(head(block), signal);
  expect(sent.map(({ snapshotVersion }) => snapshotVersion)).toEqual([1, 2, 3]);
});

test("a heartbeat that failed is tried again at the next block", async () => {
  let calls = 0;
  const heartbeat = () => (++calls === 1 ? Promise.reject(new Error("unreachable")) : Promise.resolve());
  const duty = heartbeatDuty({ validators: { heartbeat } }, () => STATE);
  const { signal } = new AbortController();
  await expect(duty.run(head(1), signal)).rejects.toThrow("unreachable");
  await duty.run(head(2), signal);
  await duty.run(head(3), signal);
  expect(calls).toBe(2);
});
