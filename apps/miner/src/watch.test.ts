import { signerFromUri } from "@assay/chain/wallet";
import { CodedError } from "@assay/core";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aSubmission, registryWith, type Script } from "./testing/registry.ts";
import { watch } from "./watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function watching(statuses: NonNullable<Script["statuses"]>, signal = new AbortController().signal) {
  const signer = await signerFromUri("//Miner");
  const { registry } = registryWith({ miner: signer, backend: signer }, { statuses });
  const log = pino({ level: "silent" });
  return watch(registry, { submission: aSubmission(), everyMs: 2_000, log, signal });
}

test("a submission is followed until it is judged, over an outage of the backend", async () => {
  const judged = watching(["waiting", new Error("unreachable"), "evaluating", "below-bar"]);
  await vi.advanceTimersByTimeAsync(8_000);
  await expect(judged).resolves.toMatchObject({ status: "below-bar", explanation: "It is below-bar." });
});

test("a submission the backend does not know is not waited for", async () => {
  const judged = watching([new CodedError({ code: "API_NOT_FOUND" }, "not found")]);
  const refused = expect(judged).rejects.toThrow("not found");
  await vi.advanceTimersByTimeAsync(2_000);
  await refused;
});

test("a stop ends the watch", async () => {
  const stop = new AbortController();
  const judged = expect(watching([], stop.signal)).rejects.toThrow("interrupted");
  await vi.advanceTimersByTimeAsync(1_000);
  stop.abort(new Error("interrupted"));
  await judged;
});
