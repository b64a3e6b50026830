import { type ApiError, type AppRouter, asApiError, type Caller, createRouter } from "@assay/api";
import type { Role } from "@assay/core";
import { pino } from "pino";
import { assemble } from "../assemble.ts";
import type { Backend } from "../backend.ts";
import { followSubnet } from "../chain/subnet.ts";
import { cyclesDuty } from "../duties/cycles.ts";
import type { Duty } from "../duties/duty.ts";
import { ensureDuties, runIfDue } from "../duties/runner.ts";
import { SocketRegistry } from "../http/socket-registry.ts";
import { ensureRules } from "../rules/default.ts";
import { createVerbs } from "../verbs.ts";
import { hotkeyOf, type World } from "./world.ts";

/** A backend without sockets and timers: tests call its procedures and run its duties one by one. */
export type Desk = {
  readonly backend: Backend;
  /** The procedures, called as an API key of a role. */
  as(role: Role, name?: string): ReturnType<AppRouter["createCaller"]>;
  /** The procedures, called as a registered hotkey. */
  signedBy(name: string): Promise<ReturnType<AppRouter["createCaller"]>>;
  /** Makes blocks and waits until the backend knows the finalised one. */
  blocks(count: number): Promise<number>;
  /** Runs a duty if it is due; false if it is not. */
  run(duty: Duty): Promise<boolean>;
  /** Makes blocks one by one, with a look at the cycles after each, until nothing more can be expected. */
  cycle(count: number): Promise<void>;
  close(): Promise<void>;
};

export async function createDesk(world: World): Promise<Desk> {
  const { db, chain, clock, settings, devnet } = world;
  const log = pino({ level: "silent" });
  const stopping = new AbortController();
  let heard = () => {};
  const source = {
    chain,
    clock,
    log,
    netuid: settings.netuid,
    mechid: settings.mechid,
    maxAgeSeconds: 86_400,
  };
  const subnet = await followSubnet({ ...source, signal: stopping.signal }, () => heard());
  const registry = new SocketRegistry({ db, clock, log, subnet, authDeadlineMs: 5_000 });
  const backend = await assemble({ settings, chain, clock, log, db, subnet, registry, port: 1 });
  await ensureRules(backend, chain);
  const router = createRouter(createVerbs(backend));
  const call = (caller: Caller) => router.createCaller({ requestId: "test", caller });
  const cycles = cyclesDuty(backend);
  await ensureDuties(backend, [cycles]);

  const known = () => subnet.current().metagraph.at.block;
  const blocks = async (count: number) => {
    await devnet.newBlock(count);
    const target = devnet.finalized().number;
    while (known() < target) {
      await new Promise<void>((resolve) => {
        heard = resolve;
        if (known() >= target) resolve();
      });
    }
    return known();
  };
  return {
    backend,
    as: (role, name = role) => call({ kind: "key", id: `key_${name}`, name, role, hotkey: null }),
    signedBy: async (name) =>
      call({ kind: "hotkey", hotkey: (await hotkeyOf(name)).address, isValidator: true }),
    blocks,
    async run(duty) {
      await ensureDuties(backend, [duty]);
      return runIfDue(backend, duty);
    },
    async cycle(count) {
      for (let made = 0; made < count; made += 1) {
        await blocks(1);
        await runIfDue(backend, cycles);
      }
    },
    async close() {
      stopping.abort();
      await subnet.stopped;
    },
  };
}

/** The code and facts a procedure refuses with; undefined if it does not. */
export async function refusalOf(act: Promise<unknown>): Promise<ApiError | undefined> {
  try {
    await act;
    return undefined;
  } catch (error) {
    return asApiError(error);
  }
}
