import type { ApiPromise } from "@polkadot/api";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Devnet, startDevnet } from "./devnet.ts";
import { DEVELOPMENT_ACCOUNTS, developmentGenesis } from "./genesis/development.ts";
import { connect, failureOf, include, keyOf } from "./testing/client.ts";
import { SERVED_METADATA } from "./testing/served-metadata.ts";

const NETUID = 1;
// A loaded machine is slow to connect and to sign.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const [alice, bob, bobHot, eveHot] = ["//Alice", "//Bob", "//Bob//hotkey", "//Eve//hotkey"].map(keyOf) as [
  ReturnType<typeof keyOf>,
  ReturnType<typeof keyOf>,
  ReturnType<typeof keyOf>,
  ReturnType<typeof keyOf>,
];

describe.each(SERVED_METADATA)("$title", ({ options: served, isMissing }) => {
  if (isMissing) return test.skip("needs the recording", () => undefined);

  let devnet: Devnet;
  let api: ApiPromise;
  beforeEach(async () => {
    devnet = await startDevnet({ ...served, genesis: developmentGenesis(), blockMs: 0, port: 0 });
    api = await connect(devnet);
  });
  afterEach(async () => {
    await api.disconnect();
    await devnet.close();
  });

  const calls = () => api.tx.subtensorModule!;
  const admin = () => api.tx.adminUtils!;
  const setWeights = () => calls().setWeights!(NETUID, [4, 5], [1, 2], 0);
  const asSudo = (call: Parameters<typeof include>[1]) =>
    include(devnet, api.tx.sudo!.sudo!(call as never), alice);

  /** Submits what the pool must refuse and returns the words of the refusal. */
  async function refusal(send: Promise<unknown>): Promise<string> {
    try {
      await send;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    return "accepted";
  }

  test("a signed extrinsic goes from ready to inBlock to finalised, with its events", async () => {
    const statuses: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const tx = setWeights();
      tx.signAndSend(bobHot, {}, ({ status, events }) => {
        statuses.push(status.type);
        if (status.isReady || status.isInBlock) void devnet.newBlock();
        if (status.isInBlock) {
          expect(events.map(({ event }) => `${event.section}.${event.method}`)).toEqual([
            "subtensorModule.WeightsSet",
            "transactionPayment.TransactionFeePaid",
            "system.ExtrinsicSuccess",
          ]);
        }
        if (status.isFinalized) resolve();
      }).catch(reject);
    });
    expect(statuses).toEqual(["Ready", "InBlock", "Finalized"]);
    expect(devnet.extrinsics).toEqual([
      {
        hash: expect.stringMatching(/^0x[0-9a-f]{64}$/),
        block: 1,
        blockHash: expect.any(String),
        index: 1,
        signer: bobHot.address,
        call: "SubtensorModule.set_weights",
        success: true,
      },
    ]);
  });

  test("mortal and immortal eras, short and hashed payloads verify", async () => {
    await devnet.newBlock(70);
    const mortal = await include(devnet, setWeights(), bobHot, { era: 8 });
    expect(failureOf(mortal)).toBeUndefined();
    const remark = api.tx.system!.remark!(`0x${"7a".repeat(400)}`);
    expect(failureOf(await include(devnet, remark, bob, { era: 0 }))).toBeUndefined();
    expect(failureOf(await include(devnet, remark, bob, { era: 64, tip: 5 }))).toBeUndefined();
  });

  test("an extrinsic whose era is over is refused, and one that waits too long is dropped", async () => {
    const early = await setWeights().signAsync(bobHot, { era: 4 });
    await devnet.newBlock(8);
    expect(await refusal(early.send())).toBe("1010: Invalid Transaction: Transaction has a bad signature");
    const waiting = await api.tx.system!.remark!("0x00").signAsync(bob, { era: 4, nonce: 3 });
    const { promise: ended, resolve } = Promise.withResolvers<string>();
    const onStatus = ({ status: { type } }: { status: { type: string } }): void => {
      if (type === "Invalid") resolve(type);
    };
    // Answered once it is in the pool.
    await waiting.send(onStatus as never);
    expect(await api.rpc.author.pendingExtrinsics()).toHaveLength(1);
    await devnet.newBlock(8);
    expect(await ended).toBe("Invalid");
  });

  test("a signature by another key or for another chain is refused with 1010", async () => {
    const signed = await setWeights().signAsync(bobHot);
    const wrong = signed.toU8a();
    wrong[40] = (wrong[40] ?? 0) ^ 1;
    const bad = "1010: Invalid Transaction: Transaction has a bad signature";
    expect(await refusal(api.rpc.author.submitExtrinsic(wrong))).toBe(bad);
    const otherChain = { genesisHash: `0x${"11".repeat(32)}` } as object;
    const foreign = setWeights().signAsync(bobHot, otherChain);
    expect(await refusal((await foreign).send())).toBe(bad);
    expect(devnet.extrinsics).toEqual([]);
  });

  test("an old nonce is outdated, a copy is known, a second with the same nonce has too low priority", async () => {
    const first = await setWeights().signAsync(bobHot, { nonce: 0 });
    await first.send();
    expect(await refusal(first.send())).toMatch(/^1013: Transaction is already imported/);
    const rival = await calls().setWeights!(NETUID, [4], [1], 0).signAsync(bobHot, { nonce: 0 });
    expect(await refusal(rival.send())).toMatch(/^1014: Priority is too low/);
    await devnet.newBlock();
    expect(await refusal(first.send())).toBe("1010: Invalid Transaction: Transaction is outdated");
    expect(devnet.extrinsics).toHaveLength(1);
  });

  test("a nonce ahead of its turn waits in the pool until the gap is filled", async () => {
    const remark = (text: string, nonce: number) => api.tx.system!.remark!(text).signAndSend(bob, { nonce });
    await remark("0x02", 1);
    await devnet.newBlock();
    expect(devnet.extrinsics).toEqual([]);
    expect((await api.rpc.author.pendingExtrinsics()).length).toBe(1);
    expect((await api.rpc.system.accountNextIndex(bob.address)).toNumber()).toBe(0);
    await remark("0x01", 0);
    expect((await api.rpc.system.accountNextIndex(bob.address)).toNumber()).toBe(2);
    await devnet.newBlock();
    expect(devnet.extrinsics.map(({ index }) => index)).toEqual([1, 2]);
  });

  test("pool refusals of weights are bare numbers", async () => {
    await include(devnet, setWeights(), bobHot);
    expect(await refusal(setWeights().signAndSend(bobHot))).toBe(
      "1010: Invalid Transaction: Custom error: 6",
    );
    await asSudo(admin().sudoSetStakeThreshold!(10_000n));
    expect(await refusal(setWeights().signAndSend(eveHot))).toBe(
      "1010: Invalid Transaction: Custom error: 1",
    );
  });

  test("what the pool cannot see fails in the block under its own name", async () => {
    const cases = [
      [calls().setWeights!(NETUID, [4, 5], [1], 0), "subtensorModule.WeightVecNotEqualSize"],
      [calls().setMechanismWeights!(NETUID, 1, [4], [1], 0), "subtensorModule.MechanismDoesNotExist"],
      [calls().setWeights!(NETUID, [4, 4], [1, 1], 0), "subtensorModule.DuplicateUids"],
      [calls().setWeights!(NETUID, [9], [1], 0), "subtensorModule.UidVecContainInvalidOne"],
    ] as const;
    for (const [tx, name] of cases) expect(failureOf(await include(devnet, tx, bobHot))).toBe(name);
    const noPermit = calls().setWeights!(NETUID, [5], [1], 0);
    expect(failureOf(await include(devnet, noPermit, eveHot))).toBe(
      "subtensorModule.NeuronNoValidatorPermit",
    );
    await expect(include(devnet, setWeights(), bob)).rejects.toThrow("Custom error: 19");
    expect((await api.query.subtensorModule!.weights!.entries()).length).toBe(0);
    expect(devnet.extrinsics.every(({ success }) => !success)).toBe(true);
  });

  test("with commit-reveal on, plain weights are refused by name", async () => {
    await asSudo(admin().sudoSetCommitRevealWeightsEnabled!(NETUID, true));
    const result = await include(devnet, setWeights(), bobHot);
    expect(failureOf(result)).toBe("subtensorModule.CommitRevealEnabled");
  });

  test("sudo_as meets the guards again inside the block, as a module error", async () => {
    await include(devnet, setWeights(), bobHot);
    const nested = api.tx.sudo!.sudoAs!(bobHot.address, setWeights());
    const { events } = await include(devnet, nested, alice);
    const done = events.find(({ event }) => event.method === "SudoAsDone")!;
    const outcome = done.event.data[0]!.toJSON() as { err: { module: { index: number; error: string } } };
    expect(outcome.err.module).toEqual({ index: 7, error: "0x1d000000" });
  });

  test("only the sudo key may be root", async () => {
    const call = api.tx.sudo!.sudo!(admin().sudoSetTempo!(NETUID, 99));
    expect(failureOf(await include(devnet, call, bob))).toBe("sudo.RequireSudo");
    await asSudo(admin().sudoSetTempo!(NETUID, 99));
    expect((await api.query.subtensorModule!.tempo!(NETUID)).toString()).toBe("99");
    expect((await api.query.subtensorModule!.lastEpochBlock!(NETUID)).toJSON()).toBe(
      devnet.head().number - 1,
    );
  });

  test("staking and registering move balance into alpha and a uid", async () => {
    const { bob: bobKeys } = DEVELOPMENT_ACCOUNTS;
    const staked = await include(devnet, calls().addStake!(bobKeys.hotkey, NETUID, 5_000_000n), bob);
    expect(failureOf(staked)).toBeUndefined();
    const alpha = await api.query.subtensorModule!.totalHotkeyAlpha!(bobKeys.hotkey, NETUID);
    expect(alpha.toString()).toBe("3000005000000");
    const newcomer = keyOf("//Newcomer").address;
    const registered = await include(devnet, calls().burnedRegister!(NETUID, newcomer), bob);
    expect(failureOf(registered)).toBeUndefined();
    expect((await api.query.subtensorModule!.uids!(NETUID, newcomer)).toJSON()).toBe(6);
    const again = await include(devnet, calls().burnedRegister!(NETUID, newcomer), bob);
    expect(failureOf(again)).toBe("subtensorModule.HotKeyAlreadyRegisteredInSubNet");
    const account = (await api.query.system!.account!(bob.address)).toJSON() as { nonce: number };
    expect(account.nonce).toBe(3);
  });

  test("a transfer moves balance and costs the fee that was foretold", async () => {
    const target = keyOf("//Nobody").address;
    const tx = api.tx.balances!.transferKeepAlive!(target, 1_000_000n);
    const { partialFee } = await tx.paymentInfo(bob);
    const free = async (who: string) =>
      BigInt(((await api.query.system!.account!(who)) as unknown as { data: { free: bigint } }).data.free);
    const before = await free(bob.address);
    await include(devnet, tx, bob);
    expect(before - (await free(bob.address))).toBe(1_000_000n + partialFee.toBigInt());
    expect(await free(target)).toBe(1_000_000n);
    const tooMuch = await include(devnet, api.tx.balances!.transferKeepAlive!(target, 10n ** 18n), bob);
    expect(failureOf(tooMuch)).toBe("Token");
    const poor = api.tx.system!.remark!("0x00").signAndSend(keyOf("//Pauper"));
    expect(await refusal(poor)).toMatch(/^1010: Invalid Transaction: Inability to pay some fees/);
  });
});
