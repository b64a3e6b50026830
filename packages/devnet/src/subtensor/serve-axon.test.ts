import { beforeEach, expect, test } from "vitest";
import type { Context } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read } from "../state/access.ts";
import { contextAt, developmentAccount, refusalOf } from "../testing/fixture.ts";
import { checkGuards } from "./guards.ts";
import { poolNumber } from "./pool-numbers.ts";
import { type AxonArgs, serveAxon, serveAxonTls } from "./serve-axon.ts";

const { storage } = subtensor;
const eve = developmentAccount("eve");
const good: AxonArgs = {
  netuid: 1,
  version: 9,
  ip: 0x0a00_0001n,
  port: 8_091,
  ip_type: 4,
  protocol: 4,
  placeholder1: 0,
  placeholder2: 0,
};

let context: Context;
beforeEach(() => {
  context = contextAt(20);
});

const serve = (args: Partial<AxonArgs> = {}, who = eve) =>
  refusalOf(() => serveAxon(context, { kind: "signed", who }, { ...good, ...args }));

test("an axon is stored with its block and announced", () => {
  expect(serve()).toBe("accepted");
  const { netuid, ...axon } = good;
  expect(read(context.state, storage.Axons, netuid, eve)).toEqual({ ...axon, block: 20n });
  expect(context.events).toEqual([{ pallet: "SubtensorModule", name: "AxonServed", value: [1, eve] }]);
});

test("axons are refused in the chain's order", () => {
  expect(serve({ ip_type: 5, port: 0 }, `0x${"ab".repeat(32)}`)).toBe("HotKeyNotRegisteredInNetwork");
  expect(serve({ ip_type: 5, port: 0 })).toBe("InvalidIpType");
  for (const ip of [0x7f00_0001n, 0xffff_ffffn, 1n << 32n]) {
    expect(serve({ ip, port: 0 })).toBe("InvalidIpAddress");
  }
  for (const ip of [1n, (1n << 128n) - 1n]) expect(serve({ ip, ip_type: 6 })).toBe("InvalidIpAddress");
  expect(serve({ port: 0 })).toBe("InvalidPort");
  expect(serve({ ip: 0n })).toBe("accepted");
  context = { ...context, block: 69 };
  expect(serve({ port: 0 })).toBe("ServingRateLimitExceeded");
  context = { ...context, block: 70 };
  expect(serve({ ip: 1n << 100n, ip_type: 6 })).toBe("accepted");
});

test("the pool says the same by number", () => {
  const numberOf = (args: Partial<AxonArgs>, who = eve) => {
    const call = { pallet: "SubtensorModule", name: "serve_axon", value: { ...good, ...args } };
    return poolNumber(String(refusalOf(() => checkGuards(context.state, { who, call, block: 30 }))));
  };
  expect(numberOf({}, `0x${"ab".repeat(32)}`)).toBe(10);
  expect(numberOf({ ip_type: 9 })).toBe(11);
  expect(numberOf({ port: 0 })).toBe(13);
  serve();
  expect(numberOf({})).toBe(12);
});

test("a certificate is kept with the axon, one of another length is left out", () => {
  const serveTls = (certificate: Uint8Array) =>
    refusalOf(() => serveAxonTls(context, { kind: "signed", who: eve }, { ...good, certificate }));
  const held = () => read(context.state, storage.NeuronCertificates, 1, eve);
  expect(serveTls(Uint8Array.of())).toBe("accepted");
  context = { ...context, block: 70 };
  expect(serveTls(new Uint8Array(66))).toBe("accepted");
  expect(held()).toBeUndefined();
  context = { ...context, block: 120 };
  expect(serveTls(Uint8Array.of(4, 1, 2, 3))).toBe("accepted");
  expect(held()).toEqual({ algorithm: 4, public_key: Uint8Array.of(1, 2, 3) });
  expect(read(context.state, storage.Axons, 1, eve)?.block).toBe(120n);
  expect(serveTls(Uint8Array.of(4))).toBe("ServingRateLimitExceeded");
});
