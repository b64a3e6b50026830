import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Chain, ChainError, connectChain } from "@assay/chain";
import { type EndpointFault, heal, inflict, type Proxy, startProxy } from "@assay/fault-proxy";
import { weightsDuty } from "../duties/weights.ts";
import { openStore, type Store } from "../store/open.ts";
import { winner } from "../testing/authority.ts";
import { capturedLog } from "../testing/captured-log.ts";
import { weightsContext } from "../testing/weights-context.ts";
import { NETUID, setWeather, startWorld, TEMPO, type World } from "./world.ts";

const DEADLINE_MS = 1_000;
const STALE_MS = 400;
/** What chain says once only blocks can decide. */
const WAITING = "waiting for finalised blocks to decide";
/** Questions between two blocks: time enough for what one block began. */
const ANSWERS = 50;
/** The first block of an epoch that validators may send in, and the last. */
const SENDS = { from: 28, to: 38 };

/** One validator, alive over all faults, behind two doors to one node: the first may fail. */
export type Scene = {
  readonly world: World;
  readonly proxies: readonly Proxy[];
  readonly chain: Chain;
  readonly store: Store;
  /** Shows the duty the finalised head and makes the blocks it waits for; what it throws, a real loop would only log. */
  see(onWaiting?: () => void): Promise<void>;
  deliver(version: number): Promise<void>;
  close(): Promise<void>;
};

/** On a machine that is busy enough even two sound endpoints may be late. */
async function connectAtLast(options: Parameters<typeof connectChain>[0]): Promise<Chain> {
  for (;;)
    try {
      return await connectChain(options);
    } catch (error) {
      if (!(error instanceof ChainError && error.retryable)) throw error;
    }
}

/** A subnet with one validator that reaches its node through two proxies. */
export async function startScene(): Promise<Scene> {
  const world = await startWorld({ validators: 1, miners: 2, isSealed: false });
  setWeather(world, { finalityLag: 1, isBeaconSilent: true });
  const proxies = [await startProxy(world.devnet.url), await startProxy(world.devnet.url)];
  const folder = mkdtempSync(join(tmpdir(), "assay-failover-"));
  const [validator] = world.validators;
  if (validator === undefined) throw new RangeError("one validator was asked for");
  const { hotkey, signer } = validator;
  let now = 0;
  let waiting = Promise.withResolvers<boolean>();
  const debug = (_: object, message: string) => {
    if (message === WAITING) waiting.resolve(true);
  };
  const chain = await connectAtLast({
    url: proxies.map(({ url }) => url),
    deadlineMs: DEADLINE_MS,
    staleMs: STALE_MS,
    clock: { now: () => now },
    log: { debug, info() {}, warn() {} },
  });
  const store = openStore(folder, { genesis: chain.genesisHash, hotkey });
  const context = weightsContext({ chain, store, signer, netuid: NETUID, log: capturedLog().log });
  const duty = weightsDuty(context);
  const { signal } = new AbortController();
  const deliver = async (version: number) => {
    const paid = world.miners[version % 2]?.hotkey ?? "";
    context.inbox.put(await world.authority.sign({ version, vector: winner(paid) }));
  };
  const close = async () => {
    store.close();
    await chain.close();
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await world.close();
    rmSync(folder, { recursive: true });
  };
  const see = async (onWaiting?: () => void) => {
    waiting = Promise.withResolvers();
    const run = duty.run(world.head(), signal).catch(() => undefined);
    const isWaiting = await Promise.race([run.then(() => false), waiting.promise]);
    if (isWaiting) onWaiting?.();
    if (isWaiting) await world.devnet.newBlock(2);
    // A connection that does not tell of them stands still for longer than it may.
    if (isWaiting) now += STALE_MS + 1;
    let isOver = !isWaiting;
    const over = run.finally(() => {
      isOver = true;
    });
    // Two blocks decide; whoever lost its connection meanwhile hears of it with a later one.
    for (let blocks = 1; !isOver; blocks++) {
      if (blocks % 4 === 0) now += STALE_MS + 1;
      for (let asked = 0; asked < ANSWERS && !isOver; asked++)
        await Promise.race([over, chain.finalisedHead().catch(() => undefined)]);
      await world.devnet.newBlock();
    }
    await run;
  };
  return { world, proxies, chain, store, see, deliver, close };
}

export type Attack = { readonly fault: EndpointFault; readonly when: "before it sends" | "while it waits" };

/** Plays one epoch, with the attack at its time. */
async function epochUnder(scene: Scene, { when, attack }: Pick<Attack, "when"> & { attack: () => void }) {
  const { devnet } = scene.world;
  const epoch = Math.floor(devnet.head().number / TEMPO);
  await devnet.newBlock(epoch * TEMPO + SENDS.from - devnet.head().number);
  await scene.see();
  if (when === "before it sends") attack();
  while (devnet.head().number < epoch * TEMPO + SENDS.to) {
    await scene.see(when === "while it waits" ? attack : undefined);
    await devnet.newBlock();
  }
  await devnet.newBlock((epoch + 1) * TEMPO + 1 - devnet.head().number);
  return epoch;
}

/** Makes the endpoint in use fail and leaves it so; the other one stays sound, whichever is in use later. */
function attackOn(scene: Scene, fault: EndpointFault): () => void {
  let victim: Proxy | undefined;
  return () => {
    if (victim !== undefined) return;
    victim = scene.proxies.find(({ url }) => url === scene.chain.endpoint);
    if (victim !== undefined) inflict(victim, fault);
  };
}

function setIn({ world }: Scene, epoch: number): number {
  const { extrinsics } = world.devnet;
  return extrinsics.filter(({ success, block }) => success && Math.floor(block / TEMPO) === epoch).length;
}

/**
 * How often weights took effect in each epoch of an attack, up to the first one in which they did: a machine that is
 * busy enough makes the sound endpoint late as well, and no epoch is long enough for that.
 */
export async function weather(scene: Scene, { fault, when }: Attack): Promise<number[]> {
  const attack = attackOn(scene, fault);
  const effects: number[] = [];
  while ((effects.at(-1) ?? 0) === 0) effects.push(setIn(scene, await epochUnder(scene, { when, attack })));
  for (const proxy of scene.proxies) heal(proxy);
  return effects;
}
