import type { SetWeightsOutcome } from "@assay/chain";
import { afterEach, expect, test } from "vitest";
import { LOG } from "../log-messages.ts";
import { winner } from "../testing/authority.ts";
import { effectiveSets, NETUID, startLife, startSubnet, type TestSubnet } from "../testing/subnet.ts";

let subnet: TestSubnet;

afterEach(() => subnet.close());

test("included and failed extrinsics are tried again a few times in one epoch, then the next is waited for", async () => {
  subnet = await startSubnet({ weightsVersionKey: 5n });
  const blind = { preflight: () => async () => [] };
  const life = await startLife(subnet, blind);
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  await life.stepTo(45);
  const { extrinsics } = subnet.devnet;
  expect(extrinsics.map(({ success }) => success)).toEqual(extrinsics.map(() => false));
  const refusals = life.told(LOG.weightsRefused);
  expect(refusals.map(({ code, attempt }) => [code, attempt])).toEqual(
    extrinsics.map((_, index) => ["IncorrectWeightVersionKey", index + 1]),
  );
  expect(extrinsics.length).toBeGreaterThan(0);
  expect(extrinsics.length).toBeLessThanOrEqual(3);
  await life.stop();
});

test("a pool that refuses the same bytes block after block is told of once, and they are set when it takes them", async () => {
  subnet = await startSubnet();
  subnet.devnet.fault({ kind: "rules", netuid: NETUID, tempo: 80 });
  subnet.devnet.fault({ kind: "pool", rpcCode: 1010, data: "Transaction is outdated", times: 3 });
  const life = await startLife(subnet);
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  await life.stepTo(79);
  expect(life.told(LOG.weightsPending).map(({ level }) => level)).toEqual([40, 20, 20]);
  expect(life.told(LOG.weightsSigned)).toHaveLength(1);
  expect((await effectiveSets(subnet)).map(({ epoch }) => epoch)).toEqual([0]);
  await life.stop();
});

test("the version key of the rules is what is sent", async () => {
  subnet = await startSubnet({ weightsVersionKey: 5n });
  const life = await startLife(subnet);
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  await life.stepTo(38);
  expect(life.told(LOG.weightsHeld)).toEqual([
    expect.objectContaining({ code: "IncorrectWeightVersionKey" }),
  ]);
  const rules = { versionKey: "5" };
  life.inbox.put(await subnet.authority.sign({ version: 2, vector: winner(subnet.first.hotkey), rules }));
  await life.stepTo(79);
  expect((await effectiveSets(subnet)).map(({ epoch }) => epoch)).toEqual([1]);
  await life.stop();
});

test("a row that is not ours after inclusion is an alarm, and nothing more is sent in that epoch", async () => {
  subnet = await startSubnet();
  const life = await startLife(subnet, {
    submit: (real) => async (extrinsic) => {
      const outcome = await real.submit(extrinsic);
      const included = outcome.kind === "set" ? outcome.included : null;
      const says = { error: "ReadBack", message: "another row", retryable: false, included };
      return { kind: "refused", stage: "read-back", ...says } satisfies SetWeightsOutcome;
    },
  });
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  await life.stepTo(45);
  expect(life.told(LOG.weightsRefused)).toEqual([
    expect.objectContaining({ level: 50, code: "VALIDATOR_READ_BACK_DIFFERS" }),
  ]);
  expect(await effectiveSets(subnet)).toHaveLength(1);
  await life.stop();
});

test("an unreachable chain is an error of the duty, never a vector", async () => {
  subnet = await startSubnet();
  const life = await startLife(subnet, {
    metagraph: () => () => Promise.reject(new Error("no answer")),
  });
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  await expect(life.step()).rejects.toThrow("no answer");
  expect(life.inbox.first()?.version).toBe(1);
  expect(subnet.devnet.extrinsics).toEqual([]);
  await life.stop();
});
