import type { Chain } from "@assay/chain";
import type { Fault, GenesisHyperparameters } from "@assay/devnet";
import { afterEach, expect, test } from "vitest";
import { LOG } from "../log-messages.ts";
import { winner } from "../testing/authority.ts";
import {
  effectiveSets,
  NETUID,
  type Overrides,
  rowOnChain,
  skipTo,
  startLife,
  startSubnet,
  type TestSubnet,
  UID,
} from "../testing/subnet.ts";

let subnet: TestSubnet;

afterEach(() => subnet.close());

async function started(rules: GenesisHyperparameters = {}, overrides: Overrides = {}) {
  subnet = await startSubnet(rules);
  const life = await startLife(subnet, overrides);
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  return life;
}

type RulesFault = Extract<Fault, { kind: "rules" }>;
const change = (rules: Omit<RulesFault, "kind" | "netuid">) =>
  subnet.devnet.fault({ kind: "rules", netuid: NETUID, ...rules });
const epochs = async () => (await effectiveSets(subnet)).map(({ epoch }) => epoch);
const outcomes = () => subnet.devnet.extrinsics.map(({ call, success }) => [call.split(".")[1], success]);

test.each([
  ["before", 20, 80],
  ["after", 38, 98],
])("an epoch that begins again with another tempo %s its weights gets them once", async (_, at, next) => {
  const life = await started();
  await life.stepTo(at);
  change({ tempo: 60 });
  await life.stepTo(at + 2);
  await skipTo(subnet, next - 18);
  await life.stepTo(next + 2);
  await skipTo(subnet, next + 42);
  await life.stepTo(next + 59);
  expect(await epochs()).toEqual([0, 1]);
  const [, second] = await effectiveSets(subnet);
  expect(second?.block).toBeGreaterThanOrEqual(next + 45);
  await life.stop();
});

test("what was to wait for the end of a long epoch is looked at anew when the owner shortens it", async () => {
  const life = await started({ weightsVersionKey: 9n });
  change({ tempo: 400 });
  await skipTo(subnet, 370);
  await life.stepTo(372);
  expect(life.told(LOG.weightsHeld)).toMatchObject([{ code: "IncorrectWeightVersionKey" }]);
  change({ tempo: 20, weightsVersionKey: 0 });
  await life.stepTo(391);
  expect(await epochs()).toEqual([0]);
  await life.stop();
});

test("an epoch that the owner asked for gets its weights before it runs", async () => {
  const life = await started();
  await life.stepTo(8);
  change({ epochAt: 18 });
  await life.stepTo(57);
  const sets = await effectiveSets(subnet);
  expect(sets.map(({ epoch }) => epoch)).toEqual([0, 1]);
  expect(sets[0]?.block).toBeLessThan(18);
  await life.stop();
});

test("under another owner nothing is sent until that one has certified the key", async () => {
  const life = await started();
  await life.stepTo(45);
  change({ ownerHotkey: subnet.second.hotkey });
  life.inbox.put(await subnet.authority.sign({ version: 2, vector: winner(subnet.first.hotkey) }));
  await life.stepTo(79);
  expect(life.told(LOG.snapshotRefused)).toMatchObject([{ code: "CORE_CERTIFICATE_OWNER", version: 2 }]);
  expect(life.told(LOG.weightsHeld)).toMatchObject([{ code: "CORE_CERTIFICATE_OWNER", epochIndex: 1 }]);
  expect(await epochs()).toEqual([0]);
  const owner = subnet.second.signer;
  life.inbox.put(await subnet.authority.sign({ version: 3, vector: winner(subnet.first.hotkey), owner }));
  await life.stepTo(119);
  expect(await epochs()).toEqual([0, 2]);
  await life.stop();
});

test("a permit that was lost is asked for once an epoch, and weights go on with it", async () => {
  const life = await started();
  await life.stepTo(20);
  subnet.devnet.fault({ kind: "permit", netuid: NETUID, uid: UID.validator, isHeld: false });
  await life.stepTo(79);
  expect(life.told(LOG.weightsHeld)).toMatchObject([{ code: "NeuronNoValidatorPermit", epochIndex: 0 }]);
  expect(await epochs()).toEqual([1]);
  await life.stop();
});

test("a hotkey that lost its uid sends nothing, and under another uid goes on as nobody's stranger", async () => {
  const life = await started();
  await life.stepTo(45);
  const { devnet, owner, validator } = subnet;
  const replace = (uid: number, hotkey: string) =>
    devnet.fault({ kind: "replace", netuid: NETUID, uid, hotkey });
  replace(UID.validator, owner.coldkey);
  await life.stepTo(85);
  expect(life.told(LOG.weightsHeld)).toMatchObject([{ code: "VALIDATOR_NOT_REGISTERED", epochIndex: 1 }]);
  replace(UID.second, validator.hotkey);
  devnet.fault({ kind: "permit", netuid: NETUID, uid: UID.second, isHeld: true });
  await life.stepTo(119);
  expect(await epochs()).toEqual([0, 2]);
  expect(life.told(LOG.strangerSeen)).toEqual([]);
  const rows = await subnet.chain.weights(NETUID);
  expect(rows[UID.second]).toEqual([[UID.first, 65_535]]);
  await life.stop();
});

test.each([
  ["on", false, ["set_weights", "commit_timelocked_weights"]],
  ["off", true, ["commit_timelocked_weights", "set_weights"]],
])(
  "commit-reveal switched %s under a signed extrinsic: the other way is taken at once",
  async (_, isSealed, calls) => {
    let isFirst = true;
    const submit =
      (real: Chain): Chain["submit"] =>
      (extrinsic) => {
        if (isFirst) change({ commitReveal: !isSealed });
        isFirst = false;
        return real.submit(extrinsic);
      };
    const life = await started({ commitRevealWeightsEnabled: isSealed }, { submit });
    await life.stepTo(39);
    expect(outcomes()).toEqual([
      [calls[0], false],
      [calls[1], true],
    ]);
    expect(life.told(LOG.weightsConfirmed)).toMatchObject([{ epochIndex: 0, attempt: 2 }]);
    await life.stop();
  },
);

test("a runtime whose call is another one gets nothing, which the status shows, until it is known again", async () => {
  const life = await started();
  await life.stepTo(10);
  const renamed = "SubtensorModule.set_weights.dests";
  subnet.devnet.fault({ kind: "upgrade", rename: { [renamed]: "targets" } });
  await life.stepTo(45);
  expect(subnet.devnet.extrinsics).toEqual([]);
  expect(life.vitals.hold).toMatchObject({ code: "CHAIN_RUNTIME_CHANGED" });
  expect(life.told(LOG.weightsHeld)).toMatchObject([{ code: "CHAIN_RUNTIME_CHANGED" }]);
  expect(life.told(LOG.weightsSigned)).toEqual([]);
  subnet.devnet.fault({ kind: "upgrade", rename: { "SubtensorModule.set_weights.targets": "dests" } });
  await life.stepTo(79);
  expect(await epochs()).toEqual([1]);
  expect(life.vitals.hold).toBeUndefined();
  await life.stop();
});

test("an epoch that nobody could see is counted as missed, and the next one goes on", async () => {
  const life = await started();
  await life.stepTo(39);
  await skipTo(subnet, 85);
  await life.stepTo(119);
  expect(await epochs()).toEqual([0, 2]);
  expect(await rowOnChain(subnet)).toEqual([[UID.first, 65_535]]);
  const metrics = await life.vitals.metrics.registry.metrics();
  expect(metrics).toMatch(/^assay_validator_epochs_missed_total 1$/m);
  await life.stop();
});

test("bytes that a runtime upgrade has overtaken die, and the epoch gets others", async () => {
  let signatures = 0;
  const signSetWeights = (real: Chain): Chain["signSetWeights"] => {
    return async (request) => {
      const signed = await real.signSetWeights(request);
      signatures += 1;
      if (signatures > 1) return signed;
      subnet.devnet.fault({ kind: "upgrade" });
      await subnet.devnet.newBlock();
      return signed;
    };
  };
  const life = await started({}, { signSetWeights });
  change({ tempo: 240 });
  // Long past its send block, and long enough before the end for a whole era and another try.
  await skipTo(subnet, 210);
  await life.step();
  await skipTo(subnet, 230);
  await life.stepTo(239);
  expect(life.told(LOG.weightsPending)[0]).toMatchObject({ level: 40, attempt: 1 });
  expect(life.told(LOG.weightsExpired)).toMatchObject([{ attempt: 1 }]);
  expect(life.told(LOG.weightsConfirmed)).toMatchObject([{ epochIndex: 0, attempt: 2 }]);
  expect(await epochs()).toEqual([0]);
  expect(signatures).toBe(2);
  await life.stop();
});
