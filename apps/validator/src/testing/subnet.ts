import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Chain, connectChain, type Head } from "@assay/chain";
import { signerFromUri } from "@assay/chain/wallet";
import type { Signer } from "@assay/core";
import { type Devnet, demoGenesis, type GenesisHyperparameters, startDevnet } from "@assay/devnet";
import { weightsDuty } from "../duties/weights.ts";
import { openStore } from "../store/open.ts";
import type { WeightsContext } from "../weights/context.ts";
import { createAuthority } from "./authority.ts";
import { capturedLog } from "./captured-log.ts";
import { weightsContext } from "./weights-context.ts";

export const NETUID = 1;
export const TEMPO = 40;
/** Uids of the subnet: the owner first, then the validator under test, then two miners. */
export const UID = { owner: 0, validator: 1, first: 2, second: 3 } as const;

/** Fixed, and with it the genesis hash and the block in which the validator sends. */
const START_MS = Date.parse("2026-01-01T00:00:00.000Z");

/** Answers of the chain that are other than the real ones. */
export type Overrides = { readonly [Name in keyof Chain]?: (real: Chain) => Chain[Name] };

/** A devnet whose blocks the test makes, with an owner, one validator and its folder, and two miners. */
export async function startSubnet(hyperparameters: GenesisHyperparameters = {}) {
  const [owner, validator, first, second] = await Promise.all(
    ["Owner", "Validator", "First", "Second"].map(keys),
  );
  if (!owner || !validator || !first || !second) throw new Error("four participants were asked for");
  const genesis = demoGenesis({
    sudo: owner.coldkey,
    owner,
    validators: [{ ...validator, stakeRao: 5_000n * 1_000_000_000n }],
    miners: [first, second],
    netuid: NETUID,
    blockMs: 0,
  });
  const subnets = genesis.subnets.map((subnet) => ({
    ...subnet,
    hyperparameters: { ...subnet.hyperparameters, ...hyperparameters },
  }));
  const devnet = await startDevnet({ genesis: { ...genesis, subnets, startTimeMs: START_MS }, port: 0 });
  const chain = await connectChain({ url: devnet.url });
  const authority = await createAuthority({ genesis: chain.genesisHash, netuid: NETUID, mechid: 0 });
  const folder = mkdtempSync(join(tmpdir(), "assay-subnet-"));
  const close = async () => {
    await chain.close();
    await devnet.close();
    rmSync(folder, { recursive: true });
  };
  return { devnet, chain, authority, owner, validator, first, second, folder, close };
}

export type TestSubnet = Awaited<ReturnType<typeof startSubnet>> & {
  /** What the operator has set for the validator under test. */
  readonly limits?: Partial<Pick<WeightsContext, "isHotkeyShared" | "maxChangePpb" | "recompute">>;
};
export type Participant = { hotkey: string; coldkey: string; signer: Signer };

async function keys(name: string): Promise<Participant> {
  const signer = await signerFromUri(`//${name}`);
  const { address: coldkey } = await signerFromUri(`//${name}//coldkey`);
  return { hotkey: signer.address, coldkey, signer };
}

/** One life of a validator process with a journal and a connection of its own; another life may follow. */
export async function startLife(subnet: TestSubnet, overrides: Overrides = {}) {
  const { devnet, validator, folder } = subnet;
  const chain = await connectChain({ url: devnet.url });
  const identity = { genesis: chain.genesisHash, hotkey: validator.hotkey };
  const store = openStore(folder, identity);
  const submitting = observeSubmit(chain, overrides);
  const { log, lines } = capturedLog();
  const context = weightsContext({
    chain: submitting.chain,
    store,
    signer: validator.signer,
    netuid: NETUID,
    log,
    ...subnet.limits,
  });
  const duty = weightsDuty(context);
  const { signal } = new AbortController();

  /**
   * Makes one block and lets the duty see what it finalised; if it sends something, two more: one that includes it and
   * one that finalises that. Answers come in the order of requests: after one, what was sent before is in the pool.
   */
  async function step(): Promise<void> {
    const head = await nextHead(devnet, chain);
    const run = duty.run(head, signal);
    const isOver = run.then(
      () => true,
      () => true,
    );
    const isSending = submitting.begun().then(() => false);
    if (!(await Promise.race([isOver, isSending]))) {
      for (let answers = 0; answers < 2; answers++) await chain.finalisedHead();
      for (let made = 0; made < 2; made++) await nextHead(devnet, chain);
    }
    await run;
  }

  /** Steps until the chain's head is at `block` or beyond. */
  async function stepTo(block: number): Promise<void> {
    while (devnet.head().number < block) await step();
  }

  /** Messages of a kind, with what they say. */
  const told = (message: string) => lines.filter(({ msg }) => msg === message);
  const stop = async () => {
    store.close();
    await chain.close();
  };
  return { ...context, told, step, stepTo, stop };
}

export type Life = Awaited<ReturnType<typeof startLife>>;

async function nextHead(devnet: Devnet, chain: Chain): Promise<Head> {
  await devnet.newBlock();
  return until(chain, devnet.finalized().number);
}

/** Makes blocks up to `block` without anybody looking. */
export async function skipTo({ devnet, chain }: TestSubnet, block: number): Promise<void> {
  await devnet.newBlock(block - devnet.head().number);
  await until(chain, devnet.finalized().number);
}

async function until(chain: Chain, block: number): Promise<Head> {
  const head = await chain.finalisedHead();
  return head.block >= block ? head : until(chain, block);
}

/** The chain with some answers replaced, telling when an extrinsic is on its way. */
function observeSubmit(real: Chain, overrides: Overrides) {
  let begun = Promise.withResolvers<void>();
  const replaced = Object.fromEntries(
    Object.entries(overrides).map(([name, make]) => [name, (make as (chain: Chain) => unknown)(real)]),
  ) as Partial<Chain>;
  const base: Chain = { ...real, ...replaced };
  const submit: Chain["submit"] = async (extrinsic) => {
    begun.resolve();
    try {
      return await base.submit(extrinsic);
    } finally {
      begun = Promise.withResolvers();
    }
  };
  return { chain: { ...base, submit }, begun: () => begun.promise };
}

/** Blocks and epochs of the validator's successful weight extrinsics, as the chain itself recorded them. */
export async function effectiveSets({
  devnet,
  chain,
  validator,
}: TestSubnet): Promise<{ epoch: number; block: number }[]> {
  const sets = devnet.extrinsics.filter(({ signer, success, call }) => {
    return success && signer === validator.hotkey && call === "SubtensorModule.set_weights";
  });
  return Promise.all(
    sets.map(async ({ block, blockHash }) => {
      const { epochIndex } = await chain.epochState(NETUID, { at: blockHash });
      return { epoch: epochIndex, block };
    }),
  );
}

/** The validator's row on chain. */
export async function rowOnChain({ chain }: TestSubnet): Promise<unknown> {
  const { hash } = await chain.finalisedHead();
  return (await chain.weights(NETUID, { at: hash }))[UID.validator];
}
