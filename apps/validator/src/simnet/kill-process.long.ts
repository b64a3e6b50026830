import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SignedSnapshot } from "@assay/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { winner } from "../testing/authority.ts";
import { setWeather, startWorld, TEMPO, type World } from "./world.ts";

const MORTAL = fileURLToPath(new URL("./mortal-process.ts", import.meta.url));
/** Steps of a life that ends: reads at first, then the plan, the signature, the sending, the read-back. */
const STEPS = [1, 15, 30, 40, 50, 55, 60, 65, 70, 75, 80, 85];
const SENDS = { from: 29, to: 39 };

let world: World;
let folder: string;
beforeAll(async () => {
  world = await startWorld({ validators: 1, miners: 2, isSealed: false });
  setWeather(world, { finalityLag: 1, isBeaconSilent: true });
  folder = mkdtempSync(join(tmpdir(), "assay-killed-"));
}, 60_000);
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

async function begin(lastStep: string): Promise<ChildProcess> {
  const child = fork(MORTAL, [world.devnet.url, folder, "//Validator0", lastStep]);
  await once(child, "message");
  return child;
}

/** Shows a process a head; true if it died of it. */
async function show(child: ChildProcess, snapshot: SignedSnapshot | null): Promise<boolean> {
  const died = once(child, "exit").then(() => true);
  const seen = once(child, "message").then(() => false);
  child.send({ ...world.head(), snapshot });
  return Promise.race([seen, died]);
}

test.each(STEPS)(
  "a process killed -9 at step %i leaves one effective extrinsic",
  { timeout: 120_000 },
  async (step) => {
    const { devnet, authority, miners } = world;
    const epoch = Math.floor(devnet.head().number / TEMPO);
    await devnet.newBlock(epoch * TEMPO + SENDS.from - devnet.head().number);
    const version = epoch + 1;
    const snapshot = await authority.sign({ version, vector: winner(miners[epoch % 2]?.hotkey ?? "") });
    let child = await begin(String(step));
    let deaths = 0;
    while (devnet.head().number < epoch * TEMPO + SENDS.to) {
      await devnet.newBlock();
      if (!(await show(child, snapshot))) continue;
      deaths += 1;
      child = await begin("");
    }
    child.kill("SIGKILL");
    await once(child, "exit");
    await devnet.newBlock((epoch + 1) * TEMPO + 1 - devnet.head().number);
    const effective = devnet.extrinsics.filter(({ success }) => success);
    expect(deaths).toBe(1);
    expect(effective.filter(({ block }) => Math.floor(block / TEMPO) === epoch)).toHaveLength(1);
    const rows = await world.chain.weights(1);
    expect(rows[1]?.filter(([, weight]) => weight > 0)).toEqual([[2 + (epoch % 2), 65_535]]);
  },
);
