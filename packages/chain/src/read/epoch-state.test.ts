import { startProxy } from "@assay/fault-proxy";
import { afterAll, expect, test } from "vitest";
import { connectLocal, NETUID, startLocal } from "../testing/local-chain.ts";
import { assertAgrees } from "./epoch-state.ts";

const devnet = await startLocal();
const proxy = await startProxy(devnet.url);
const { chain } = await connectLocal(proxy.url);
afterAll(async () => {
  await chain.close();
  await proxy.close();
  await devnet.close();
});

const state = {
  at: { block: 100, hash: "0x" },
  tempo: 20,
  epochIndex: 4,
  lastEpochBlock: 95,
  pendingEpochAt: 0,
  blocksSinceLastStep: 5,
  nextEpochStart: 115,
};

test.each([
  { ...state },
  { ...state, pendingEpochAt: 110, nextEpochStart: 110 },
  { ...state, pendingEpochAt: 200, nextEpochStart: 115 },
  { ...state, tempo: 0, nextEpochStart: null },
])("a schedule that agrees with the runtime is taken: %j", (agreeing) => {
  expect(() => assertAgrees(NETUID, agreeing)).not.toThrow();
});

test.each([
  { ...state, nextEpochStart: 116 },
  { ...state, nextEpochStart: null },
  { ...state, tempo: 0, nextEpochStart: 115 },
  { ...state, pendingEpochAt: 110 },
])("a schedule the runtime contradicts is refused: %j", (contradicted) => {
  expect(() => assertAgrees(NETUID, contradicted)).toThrow(
    expect.objectContaining({ code: "CHAIN_SCHEDULE_DISAGREES" }),
  );
});

test("a runtime that answers by another schedule stops whoever asks for it", async () => {
  proxy.rewrite = (method, result) => (method === "state_call" ? "0x010f27000000000000" : result);
  await expect(chain.epochState(NETUID)).rejects.toMatchObject({
    code: "CHAIN_SCHEDULE_DISAGREES",
    facts: { netuid: NETUID, runtime: "9999" },
  });
  proxy.rewrite = (_method, result) => result;
  expect((await chain.epochState(NETUID)).nextEpochStart).toBeGreaterThan(0);
});
