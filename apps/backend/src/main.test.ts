import { once } from "node:events";
import { chmod } from "node:fs/promises";
import { connect } from "node:net";
import { listSnapshotsAfter } from "@assay/db";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { entries } from "./entries.ts";
import { callWithKey } from "./testing/calls.ts";
import { authenticated, type Line, nextSnapshot, subscribe } from "./testing/line.ts";
import { type Spawned, spawnBackend } from "./testing/process.ts";
import { createWorld, hotkeyOf, NETUID, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ startAt: Date.now() });
});
afterAll(() => world.close());

function spawnMain(changed: Record<string, string> = {}): Spawned {
  return spawnBackend(entries.main, { env: { ...world.environment, ...changed } });
}

test("says where it is, answers, and ends with 0 on the first signal", async () => {
  const { child, ready, ended } = spawnMain();
  const { url } = await ready;
  expect((await fetch(`${url}/health`)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ code: 0, signal: null });
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});

test("a second signal ends it at once, whatever is still in progress", async () => {
  const main = spawnMain();
  const { child, ready, ended } = main;
  const { port } = new URL((await ready).url);
  const hanging = connect(Number(port), "127.0.0.1");
  hanging.on("error", () => {});
  const head = ["POST /trpc/keys.create HTTP/1.1", "host: x", "content-length: 10", "expect: 100-continue"];
  hanging.write(`${head.join("\r\n")}\r\n\r\n`);
  const [answer] = (await once(hanging, "data")) as [Buffer];
  expect(answer.toString()).toContain("100 Continue");
  child.kill("SIGTERM");
  await main.logged('"stopping"');
  child.kill("SIGTERM");
  expect((await ended).code).toBe(130);
});

test("settings that are wrong end it with 78, all of them named, before anything is touched", async () => {
  const { ready, ended } = spawnMain({ DATABASE_URL: "", ASSAY_NETUID: "subnet" });
  ready.catch(() => {});
  const { code, log } = await ended;
  expect(code).toBe(78);
  expect(log).toContain("DATABASE_URL: is required");
  expect(log).toContain("ASSAY_NETUID");
});

test("a key file that others may read ends it with 78", async () => {
  await chmod(world.settings.snapshotKeyFile, 0o644);
  const { ready, ended } = spawnMain();
  ready.catch(() => {});
  const { code, log } = await ended;
  await chmod(world.settings.snapshotKeyFile, 0o600);
  expect([code, log.includes("chmod 600")]).toEqual([78, true]);
});

test("a certificate that is none ends it with 78", async () => {
  const { ready, ended } = spawnMain({ ASSAY_SNAPSHOT_CERTIFICATE_FILE: world.settings.snapshotKeyFile });
  ready.catch(() => {});
  const { code, log } = await ended;
  expect([code, log.includes("API_CERTIFICATE_INVALID")]).toEqual([78, true]);
});

test.each(["snapshot-committed", "snapshot-notified", "socket-written"])(
  "killed when a snapshot has passed %s, it is delivered exactly once after the restart",
  async (point) => {
    const own = await createWorld({ startAt: Date.now() });
    onTestFinished(() => own.close());
    const mortal = spawnBackend(new URL("./testing/mortal-main.ts", import.meta.url), {
      args: [point],
      env: own.environment,
    });
    const { url } = await mortal.ready;
    const { address: hotkey } = await hotkeyOf("Vera");
    const input = { name: "vera", role: "validator", hotkey };
    const made = await callWithKey(url, { path: "keys.create", input, token: own.adminToken });
    const { token } = made.data as { token: string };
    const applied: number[] = [];

    const line = await authenticated({ url }, token, { timestampMs: Date.now() });
    subscribe(line);
    applied.push((await nextSnapshot(line))?.version ?? 0);
    mortal.child.kill("SIGUSR2");
    await burnMore(url, own);
    expect((await mortal.ended).signal).toBe("SIGKILL");
    applied.push(...(await restOf(line)));

    const restarted = await own.launch();
    const again = await authenticated(restarted, token, { timestampMs: own.clock.now() });
    subscribe(again, { lastEventId: String(applied.at(-1)) });
    if (applied.at(-1) === 1) applied.push((await nextSnapshot(again))?.version ?? 0);
    again.socket.close();
    expect(applied).toEqual([1, 2]);
    expect(await restOf(again)).toEqual([]);
    const written = await listSnapshotsAfter(own.db, { netuid: NETUID, mechid: 0, version: 0, limit: 10 });
    expect(written.map(({ version }) => version)).toEqual([1, 2]);
  },
  120_000,
);

/** Changes the rules, so that the next snapshot is due; the answer may be lost with the process. */
async function burnMore(url: string, { devnet, adminToken: token }: World): Promise<void> {
  const { data } = await callWithKey(url, { path: "rules.get", method: "GET" });
  const { rules } = data as { rules: { fromBlock: number } };
  await devnet.newBlock(1);
  const fromBlock = devnet.finalized().number;
  const input = { replaces: rules.fromBlock, rules: { ...rules, fromBlock, burn: 1_000 } };
  await callWithKey(url, { path: "rules.put", input, token }).catch(() => undefined);
}

async function restOf(line: Line): Promise<number[]> {
  const versions: number[] = [];
  for (;;) {
    const snapshot = await nextSnapshot(line);
    if (snapshot === undefined) return versions;
    versions.push(snapshot.version);
  }
}
