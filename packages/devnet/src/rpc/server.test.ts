import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Devnet, startDevnet } from "../devnet.ts";
import { developmentGenesis } from "../genesis/development.ts";

let devnet: Devnet;
beforeAll(async () => {
  devnet = await startDevnet({ genesis: developmentGenesis(), blockMs: 0, port: 0 });
});
afterAll(() => devnet.close());

type Answer = {
  id?: unknown;
  result?: unknown;
  error?: { code: number; message: string; data?: string };
  params?: { subscription: string; result: unknown };
};

/** Sends one frame over a fresh connection and collects the first `count` frames that come back. */
function ask(frame: string | Buffer, count = 1): Promise<Answer[]> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(devnet.url);
    const answers: Answer[] = [];
    socket.on("error", reject);
    socket.on("open", () => socket.send(frame));
    socket.on("message", (data: Buffer) => {
      answers.push(JSON.parse(data.toString()));
      if (answers.length < count) return;
      socket.close();
      resolve(answers);
    });
  });
}

async function call(method: string, ...params: unknown[]): Promise<Answer> {
  const [answer] = await ask(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));
  return answer!;
}

test.each([
  ["no JSON", "{", -32_700],
  ["an empty batch", "[]", -32_600],
  ["a number", "7", -32_600],
  ["a list of nothing", "[null]", -32_600],
  ["no method", '{"id":1}', -32_600],
  ["a method that is no string", '{"id":1,"method":{}}', -32_600],
  ["params that are no list", '{"id":1,"method":"system_chain","params":{"a":1}}', -32_600],
  ["an unknown method", '{"id":1,"method":"nope"}', -32_601],
  ["a method name of Object", '{"id":1,"method":"toString"}', -32_601],
  ["a hash that is no hex", '{"id":1,"method":"chain_getHeader","params":["xyz"]}', -32_602],
  ["keys that are no list", '{"id":1,"method":"state_queryStorageAt","params":["0x00"]}', -32_602],
  ["a height below zero", '{"id":1,"method":"chain_getBlockHash","params":[-1]}', -32_602],
  ["an unknown block", `{"id":1,"method":"chain_getBlock","params":["0x${"00".repeat(32)}"]}`, -32_000],
  ["an unknown runtime call", '{"id":1,"method":"state_call","params":["Core_nothing","0x"]}', 4_003],
  [
    "bad runtime call arguments",
    '{"id":1,"method":"state_call","params":["SubnetInfoRuntimeApi_get_metagraph","0x01"]}',
    -32_602,
  ],
  ["an extrinsic of garbage", '{"id":1,"method":"author_submitExtrinsic","params":["0x0412"]}', 1_002],
  [
    "an extrinsic with a lying length",
    '{"id":1,"method":"author_submitExtrinsic","params":["0xfeffffff84"]}',
    1_002,
  ],
  [
    "an unsigned extrinsic",
    '{"id":1,"method":"author_submitExtrinsic","params":["0x1c05020004040404"]}',
    1_002,
  ],
])("%s is answered with an error", async (_name, frame, code) => {
  const [answer] = await ask(frame);
  const { error } = Array.isArray(answer) ? (answer[0] as Answer) : answer!;
  expect(error?.code).toBe(code);
});

test("an unsigned inherent from outside finds no validator", async () => {
  const answer = await call("author_submitExtrinsic", "0x1005020000");
  expect(answer.error).toEqual({
    code: 1_011,
    message: "Unknown Transaction Validity",
    data: "Could not find an unsigned validator for the unsigned transaction",
  });
});

test("a binary frame is read like text, a batch is answered in order", async () => {
  const requests = [
    { jsonrpc: "2.0", id: "a", method: "system_chain", params: [] },
    { jsonrpc: "2.0", id: "b", method: "nope" },
  ];
  const [answers] = (await ask(Buffer.from(JSON.stringify(requests)))) as unknown as [Answer[]];
  expect(answers.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(answers[0]?.result).toBe("Assay Devnet");
});

test("a subscription's id comes before its first notification", async () => {
  const [first, second] = await ask('{"id":1,"method":"chain_subscribeNewHeads","params":[]}', 2);
  expect(first?.id).toBe(1);
  expect(second?.params?.subscription).toBe(first?.result);
});

test("a frame over the limit ends its connection and no other", async () => {
  const socket = new WebSocket(devnet.url);
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  socket.on("error", () => undefined);
  socket.on("open", () => socket.send(Buffer.alloc(17 * 1024 * 1024)));
  expect([1_006, 1_009]).toContain(await closed);
  expect((await call("system_health")).result).toEqual({
    peers: 0,
    isSyncing: false,
    shouldHavePeers: false,
  });
});

test("the node says who it is and what it can", async () => {
  expect((await call("system_name")).result).toBe("Assay devnet");
  expect((await call("system_version")).result).toMatch(/^\d+\.\d+\.\d+$/);
  expect((await call("system_properties")).result).toEqual({
    ss58Format: 42,
    tokenDecimals: 9,
    tokenSymbol: "TAO",
  });
  const { methods } = (await call("rpc_methods")).result as { methods: string[] };
  expect(methods).toContain("state_call");
  expect(methods.some((name) => name.startsWith("dev_"))).toBe(false);
});

test("dev_newBlock makes blocks and dev_setStorage writes to the head", async () => {
  const before = devnet.head().number;
  const made = await call("dev_newBlock", { count: 3 });
  expect(devnet.head()).toEqual({ number: before + 3, hash: made.result });
  await call("dev_setStorage", [["0xaBcd", "0x0102"]]);
  expect((await call("state_getStorage", "0xABCD")).result).toBe("0x0102");
  expect((await call("state_getStorageSize", "0xabcd")).result).toBe(2);
  await call("dev_setStorage", [["0xabcd", null]]);
  expect((await call("state_getStorage", "0xabcd")).result).toBeNull();
  expect((await call("dev_setStorage", [["xy", "0x"]])).error?.code).toBe(-32_602);
});

test("a height that does not exist has no hash; a list of heights answers a list", async () => {
  expect((await call("chain_getBlockHash", 1_000_000)).result).toBeNull();
  expect((await call("chain_getBlockHash", [0, 9_999_999])).result).toEqual([devnet.genesisHash, null]);
});

test("ending an unknown subscription says so", async () => {
  expect((await call("chain_unsubscribeNewHeads", "nope")).result).toBe(false);
});

test("a node that keeps few states says so of older ones, and still has their blocks", async () => {
  await devnet.newBlock(3);
  const hash = (await call("chain_getBlockHash", devnet.head().number - 2)).result;
  const about = async () => [
    await call("state_call", "Core_version", "0x", hash),
    await call("state_getStorage", "0x00", hash),
  ];
  expect((await about()).map(({ error }) => error)).toEqual([undefined, undefined]);
  devnet.fault({ kind: "prune", keep: 1 });
  for (const { error } of await about())
    expect(error).toMatchObject({
      code: -32_000,
      message: expect.stringContaining("State already discarded"),
    });
  expect((await call("chain_getBlock", hash)).error).toBeUndefined();
  expect((await call("state_getStorage", "0x00")).error).toBeUndefined();
  devnet.fault({ kind: "clear" });
  expect((await call("state_getStorage", "0x00", hash)).error).toBeUndefined();
});
