import { setImmediate } from "node:timers/promises";
import { startProxy } from "@assay/fault-proxy";
import { afterAll, expect, test } from "vitest";
import { silentLog } from "../log.ts";
import { type Journal, journal, startLocal } from "../testing/local-chain.ts";
import { Link, type LinkOptions } from "./link.ts";

const CONNECTED = "connected to the chain";

const devnet = await startLocal();
afterAll(() => devnet.close());

function linkTo(endpoints: LinkOptions["endpoints"], options: Partial<LinkOptions> = {}): Link {
  return new Link({
    endpoints,
    genesisHash: undefined,
    deadlineMs: 120_000,
    staleMs: 60_000,
    clock: { now: () => 0 },
    log: silentLog,
    ...options,
  });
}

/** Resources that a forgotten socket or timer would hold. */
function held(): number {
  return process.getActiveResourcesInfo().filter((kind) => /Timeout|TCP/.test(kind)).length;
}

test("a thousand reconnects leave nothing behind", { timeout: 60_000 }, async () => {
  const proxy = await startProxy(devnet.url);
  const log: Journal = journal();
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on("warning", onWarning);
  let connected = log.next(CONNECTED);
  const link = linkTo([proxy.url], { log, backoffMs: () => 0 });
  await connected;
  const before = held();
  for (let i = 0; i < 1_000; i++) {
    connected = log.next(CONNECTED);
    proxy.cut();
    await connected;
  }
  await link.ask("chain_getHeader");
  while (held() > before) await setImmediate();
  expect(proxy.accepted).toBe(1_001);
  await link.close();
  await proxy.close();
  await setImmediate();
  process.off("warning", onWarning);
  expect(warnings).toEqual([]);
});

test("an endpoint that fails loses health, and one that tells new heads gains it", async () => {
  const log = journal();
  const connected = log.next(CONNECTED);
  const link = linkTo(["ws://127.0.0.1:1", devnet.url], { log });
  await connected;
  await link.finalised.read().next();
  expect(link.endpoint).toBe(devnet.url);
  expect(link.health).toEqual({ "ws://127.0.0.1:1": 8, [devnet.url]: 10 });
  await link.close();
});

test("an endpoint far behind is refused, and taken only when there is nobody else", async () => {
  const behind = await startProxy(devnet.url);
  await devnet.newBlock(20);
  const reasons: unknown[] = [];
  const warn = (facts: object) => void reasons.push(Object.entries(facts));
  const log = { ...silentLog, warn };
  const link = linkTo([behind.url, "ws://127.0.0.1:1"], { log, backoffMs: () => 0 });
  await link.connection();
  behind.rewriteNews = (result) => ({ ...Object(result), number: "0x1" });
  behind.cut();
  expect(await link.ask("chain_getBlockHash", 0)).toBe(devnet.genesisHash);
  expect(JSON.stringify(reasons)).toContain("is at finalised block 1, others were at");
  await link.close();
  await behind.close();
});

test("if all endpoints are as far behind, they are taken all the same", async () => {
  const doors = [await startProxy(devnet.url), await startProxy(devnet.url)] as const;
  const link = linkTo([doors[0].url, doors[1].url], { backoffMs: () => 0 });
  await link.connection();
  for (const door of doors) {
    door.rewriteNews = (result) => ({ ...Object(result), number: "0x1" });
    door.cut();
  }
  expect(await link.ask("chain_getBlockHash", 0)).toBe(devnet.genesisHash);
  await link.close();
  await Promise.all(doors.map((door) => door.close()));
});
