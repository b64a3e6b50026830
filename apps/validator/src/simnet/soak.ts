import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { SignedSnapshot } from "@assay/core";
import { z } from "zod";
import { winner } from "../testing/authority.ts";
import { setWeather, startWorld, TEMPO, type World } from "./world.ts";

const { values } = parseArgs({
  options: {
    epochs: { type: "string", default: "10000" },
    every: { type: "string", default: "100" },
  },
});

const MORTAL = fileURLToPath(new URL("./mortal-process.ts", import.meta.url));
const MEGABYTE = 1_048_576;
/** Before the block in which weights are sent only some heads are shown: most of an epoch there is nothing to do. */
const DULL = { blocks: 28, every: 8 };
const [epochs, every] = [Number(values.epochs), Number(values.every)];

const Memory = z.object({ used: z.number(), code: z.number(), rss: z.number() });

/** Answers come in the order of requests, one to each. */
async function ask(child: ChildProcess, message: object | string): Promise<unknown> {
  const answer = once(child, "message");
  child.send(message);
  return (await answer)[0];
}

/** One epoch: a new version at its beginning, then block by block what finalised. */
async function playEpoch(world: World, child: ChildProcess, number: number): Promise<void> {
  const { devnet, authority, miners } = world;
  const hotkey = miners[number % miners.length]?.hotkey ?? "";
  const { block } = world.head();
  let snapshot: SignedSnapshot | null = await authority.sign({
    version: number + 1,
    block,
    vector: winner(hotkey),
  });
  for (let made = 0; made < TEMPO; made++) {
    await devnet.newBlock();
    if (made < DULL.blocks && made % DULL.every !== 0) continue;
    await ask(child, { ...world.head(), snapshot });
    snapshot = null;
  }
}

/** Says what the validator's process uses, and returns it. */
async function measure(world: World, child: ChildProcess, played: number): Promise<number> {
  const { used, code, rss } = Memory.parse(await ask(child, "memory"));
  const sets = world.devnet.extrinsics.filter(({ success }) => success).length;
  const [usedMegabytes, codeMegabytes, rssMegabytes] = [used, code, rss].map(megabytes);
  say({ epochs: played, sets, usedMegabytes, codeMegabytes, rssMegabytes });
  return used;
}

function megabytes(bytes: number): number {
  return Number((bytes / MEGABYTE).toFixed(2));
}

function say(facts: object): void {
  process.stdout.write(`${JSON.stringify(facts)}\n`);
}

// One process, one connection, one journal from the first epoch to the last. The node keeps every block it made, so it
// stays here, in another process than the one that is measured.
const world = await startWorld({ validators: 1, miners: 4, isSealed: false });
setWeather(world, { finalityLag: 1, isBeaconSilent: true });
const folder = mkdtempSync(join(tmpdir(), "assay-soak-"));
const child = fork(MORTAL, [world.devnet.url, folder, "//Validator0", ""], { execArgv: ["--expose-gc"] });
await once(child, "message");

const seen: number[] = [];
for (let number = 0; number < epochs; number++) {
  await playEpoch(world, child, number);
  if ((number + 1) % every === 0) seen.push(await measure(world, child, number + 1));
}
// Code that is compiled late, and forgotten when it is not used, moves every measurement: the least is the strictest.
const [least, last] = [Math.min(...seen), seen.at(-1) ?? 0];
say({ epochs, growthPercent: Number((((last - least) / least) * 100).toFixed(2)) });

child.disconnect();
await once(child, "exit");
await world.close();
rmSync(folder, { recursive: true });
