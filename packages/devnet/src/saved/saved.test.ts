import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Devnet, startDevnet } from "../devnet.ts";
import { developmentGenesis } from "../genesis/development.ts";
import { Node } from "../node.ts";
import { ask } from "../testing/ask.ts";
import { formatSaved, parseSaved } from "./format.ts";

const clock = { now: () => 1_700_000_000_000 };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-devnet-state-"));
});
afterAll(() => rm(folder, { recursive: true }));

function start(stateFile?: string): Promise<Devnet> {
  const file = stateFile === undefined ? {} : { stateFile };
  return startDevnet({ genesis: developmentGenesis(), port: 0, blockMs: 0, ...file });
}

function made(blocks: number): Node {
  const node = new Node(developmentGenesis(), clock);
  for (let block = 0; block < blocks; block += 1) node.produce();
  return node;
}

test("a chain comes back block for block and goes on as it would have", () => {
  const node = made(45);
  const { chainName } = node;
  const text = formatSaved({ chainName, blocks: node.chain.saved() });
  const again = new Node(parseSaved(text), clock);
  expect(again.chainName).toBe(chainName);
  expect(again.chain.head).toEqual(node.chain.head);
  expect(again.chain.finalized).toEqual(node.chain.finalized);
  expect(again.produce().hash).toBe(node.produce().hash);
  const at = again.chain.byNumber(20);
  const keys = [...node.chain.keys("0x", node.chain.head, "")];
  expect([...again.chain.keys("0x", again.chain.head, "")]).toEqual(keys);
  for (const key of keys) expect(again.chain.state(at).get(key)).toEqual(node.chain.state(at).get(key));
});

test("a fork stops at its block", () => {
  const node = made(5);
  const fork = new Node({ chainName: "fork", blocks: node.chain.saved(3) }, clock);
  expect(fork.chain.head).toEqual(node.chain.byNumber(3));
});

test.each([
  ["another file", "{}\n", "line 1"],
  ["no JSON", "nope", "line 1"],
  ["no block", '{"format":"assay-devnet-state-1","chainName":"x"}\n', "line 1"],
  ["a broken block", '{"format":"assay-devnet-state-1","chainName":"x"}\n{"number":0}\n', "line 2"],
])("%s is refused with its line", (_, text, line) => {
  expect(() => parseSaved(text)).toThrow(`saved state: ${line}`);
});

test("a block that does not follow the one before is refused", () => {
  const blocks = made(3).chain.saved();
  const torn = { chainName: "torn", blocks: blocks.filter((_, number) => number !== 1) };
  expect(() => new Node(torn, clock)).toThrow(expect.objectContaining({ code: "DEVNET_STATE_INVALID" }));
});

test("a devnet with a file goes on where it was closed", async () => {
  const file = join(folder, "chain.jsonl");
  const first = await start(file);
  const head = await first.newBlock(3);
  await first.close();
  const second = await start(file);
  expect(second.head()).toEqual(head);
  expect(second.genesisHash).toBe(first.genesisHash);
  await second.close();
  expect((await readdir(folder)).filter((name) => name.endsWith(".half"))).toEqual([]);
});

test("dev_saveState saves the chain, or a named fork beside it", async () => {
  const file = join(folder, "asked.jsonl");
  const devnet = await start(file);
  await devnet.newBlock(4);
  expect(await ask(devnet.url, "dev_saveState")).toEqual({ result: file });
  expect(await ask(devnet.url, "dev_saveState", { fork: "early", at: 2 })).toEqual({
    result: `${file}.early`,
  });
  expect(await ask(devnet.url, "dev_saveState", { fork: "../../elsewhere" })).toMatchObject({
    error: { code: -32_602 },
  });
  await devnet.close();
  const lines = async (name: string) => (await readFile(name, "utf8")).trim().split("\n").length;
  expect(await lines(file)).toBe(6);
  expect(await lines(`${file}.early`)).toBe(4);
});

test("without a file nothing is saved on request, but a fork may be made by hand", async () => {
  const devnet = await start();
  await devnet.newBlock();
  expect(await ask(devnet.url, "dev_saveState")).toMatchObject({ error: { code: -32_602 } });
  const file = join(folder, "by-hand.jsonl");
  await devnet.fork(file);
  await devnet.close();
  const copy = await start(file);
  expect(copy.head()).toEqual(devnet.head());
  await copy.close();
});

test("a damaged file stops the start", async () => {
  const file = join(folder, "damaged.jsonl");
  await writeFile(file, "damaged");
  await expect(start(file)).rejects.toThrow(expect.objectContaining({ code: "DEVNET_STATE_INVALID" }));
  await expect(start(folder)).rejects.toThrow(expect.objectContaining({ code: "DEVNET_STATE_INVALID" }));
});
