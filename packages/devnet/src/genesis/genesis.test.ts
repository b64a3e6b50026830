import { expect, test } from "vitest";
import { Node } from "../node.ts";
import { DEVELOPMENT_ACCOUNTS, developmentGenesis } from "./development.ts";
import { refuseMainnet } from "./mainnet.ts";
import { parseGenesis } from "./parse.ts";
import type { GenesisSpec } from "./spec.ts";

const { alice, bob } = DEVELOPMENT_ACCOUNTS;
const clock = { now: () => 1_700_000_000_000 };
const file = {
  chainName: "Small",
  blockMs: 250,
  sudo: alice.coldkey,
  balances: { [alice.coldkey]: "1000000000000000" },
  stakeThresholdRao: "5",
  subnets: [
    {
      netuid: 3,
      tempo: 20,
      weightsRateLimit: 5,
      owner: alice,
      hyperparameters: {
        kappa: 32768,
        bondsMovingAverage: "975000",
        yuma3On: false,
        alphaValues: [1638, 60000],
      },
      neurons: [{ ...bob, stakeRao: "123", validatorPermit: true }],
    },
  ],
};

type Edit = (copy: typeof file) => unknown;
const edited = (edit: Edit) => {
  const copy = structuredClone(file);
  return edit(copy) ?? copy;
};

test("a genesis file becomes a specification with exact amounts", () => {
  const spec = parseGenesis(file);
  expect(spec.balances).toEqual({ [alice.coldkey]: 10n ** 15n });
  expect(spec.stakeThresholdRao).toBe(5n);
  expect(spec.subnets[0]?.neurons).toEqual([{ ...bob, stakeRao: 123n, validatorPermit: true }]);
  expect(spec.subnets[0]?.hyperparameters).toEqual({
    kappa: 32_768,
    bondsMovingAverage: 975_000n,
    yuma3On: false,
    alphaValues: [1_638, 60_000],
  });
});

test.each<[string, Edit, string]>([
  ["no object", () => [], "is no object"],
  ["a missing name", (g) => ({ ...g, chainName: undefined }), "chainName: is no string"],
  ["a misspelt member", (g) => ({ ...g, subnet: [] }), "subnet: is not known"],
  [
    "a misspelt hyperparameter",
    (g) => void Object.assign(g.subnets[0]!.hyperparameters, { capa: 1 }),
    "subnets[0].hyperparameters.capa: is not known",
  ],
  [
    "an amount with a point",
    (g) => ({ ...g, stakeThresholdRao: "1.5" }),
    "stakeThresholdRao: is no whole number",
  ],
  [
    "a negative tempo",
    (g) => void Object.assign(g.subnets[0]!, { tempo: -1 }),
    "subnets[0].tempo: is no whole number",
  ],
  [
    "a permit that is no flag",
    (g) => void Object.assign(g.subnets[0]!.neurons[0]!, { validatorPermit: 1 }),
    "subnets[0].neurons[0].validatorPermit: is neither true nor false",
  ],
])("%s is refused with its place", (_name, edit, problem) => {
  expect(() => parseGenesis(edited(edit))).toThrow(problem);
});

const start = (change: Partial<GenesisSpec["subnets"][number]>) => {
  const genesis = developmentGenesis();
  return () => new Node({ ...genesis, subnets: [{ ...genesis.subnets[0]!, ...change }] }, clock);
};

test.each([
  ["root as a subnet", { netuid: 0 }, "subnets[0].netuid"],
  ["a tempo beyond u16", { tempo: 70_000 }, "subnets[0].tempo"],
  ["an address that is none", { neurons: [{ ...bob, hotkey: "5Fake" }] }, "subnets[0].neurons[0].hotkey"],
  ["a hotkey twice", { neurons: [bob, bob] }, "subnets[0].neurons[1].hotkey"],
  ["more neurons than uids", { hyperparameters: { maxAllowedUids: 1 } }, "subnets[0].neurons"],
] as const)("a node does not start with %s", (_name, change, path) => {
  expect(start(change)).toThrow(
    expect.objectContaining({ code: "DEVNET_GENESIS_INVALID", facts: expect.objectContaining({ path }) }),
  );
});

test("two subnets with one netuid are refused", () => {
  const genesis = developmentGenesis();
  const twice = { ...genesis, subnets: [genesis.subnets[0]!, genesis.subnets[0]!] };
  expect(() => new Node(twice, clock)).toThrow("1 is there twice");
});

test("the genesis hash follows from the specification and the start time", () => {
  const hashAt = (startTimeMs: number) =>
    new Node({ ...developmentGenesis(), startTimeMs }, clock).chain.genesis.hash;
  expect(hashAt(1_000)).toBe(hashAt(1_000));
  expect(hashAt(1_000)).not.toBe(hashAt(2_000));
});

test("mainnet's genesis hash is refused", () => {
  const mainnet = "0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03";
  expect(() => refuseMainnet(mainnet)).toThrow(expect.objectContaining({ code: "DEVNET_MAINNET_GENESIS" }));
  expect(() => refuseMainnet(`0x${"00".repeat(32)}`)).not.toThrow();
});
