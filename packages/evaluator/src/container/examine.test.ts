import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { standInEngine } from "../test/stand-in.ts";
import { examineEngine, reportOf } from "./examine.ts";

const engine = standInEngine();
const folder = mkdtempSync(join(tmpdir(), "assay-examine-"));
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

const STATUS = {
  Pid: "1",
  Uid: "65534\t65534\t65534\t65534",
  Gid: "65534\t65534\t65534\t65534",
  NSpid: "1",
  CapInh: "0000000000000000",
  CapPrm: "0000000000000000",
  CapEff: "0000000000000000",
  CapBnd: "0000000000000000",
  CapAmb: "0000000000000000",
  NoNewPrivs: "1",
  Seccomp: "2",
};

const HEADS = "Inter-|   Receive\n face |bytes    packets\n";
const ROOT = "100 99 0:50 / / ro,relatime - overlay overlay rw,lowerdir=/x";
const TMP = "101 100 0:51 / /tmp rw,nosuid,nodev,noexec,relatime - tmpfs tmpfs rw,size=16384k";

/** What the kernel says in a container that is confined as it should be. */
const sound: Readonly<Record<string, string>> = {
  "/proc/self/status": statusOf({}),
  "/proc/self/net/dev": `${HEADS}    lo:       0       0\n`,
  "/proc/self/mountinfo": `${ROOT}\n${TMP}\n`,
  "/proc/self/limits": "Max open files            256                  256                  files\n",
  "/proc/self/uid_map": "         0     100000      65536\n",
  "/sys/fs/cgroup/memory.max": "536870912\n",
  "/sys/fs/cgroup/pids.max": "64\n",
};

function statusOf(about: Partial<typeof STATUS>): string {
  return Object.entries({ Name: "agent", ...STATUS, ...about })
    .map(([name, value]) => `${name}:\t${value}\n`)
    .join("");
}

function report(about: Readonly<Record<string, string | undefined>> = {}) {
  const said = { ...sound, ...about };
  return reportOf((path) => said[path]);
}

const unsound = (about: Readonly<Record<string, string | undefined>>) =>
  report(about)
    .confinements.filter(({ holds }) => holds !== true)
    .map(({ name, holds, says }) => [name, holds, says]);

test("a container that is confined as it should be is found so", () => {
  expect(unsound({})).toEqual([]);
  expect(report().confinements.map(({ name, says }) => `${name}: ${says}`)).toEqual([
    "network: none",
    "root: read-only",
    "/tmp: nothing in it can be executed",
    "capabilities: none",
    "privileges: none to be gained",
    "user: 65534",
    "system calls: filtered",
    "own processes: only",
    "memory: at most 536870912 bytes",
    "processes: at most 64 at a time",
    "open files: at most 256 at a time",
  ]);
});

test.each<[string, Readonly<Record<string, string | undefined>>, (string | boolean | null)[]]>([
  ["a network", { "/proc/self/net/dev": `${HEADS}    lo: 0\n  eth0: 0\n` }, ["network", false, "eth0"]],
  [
    "a root it can write",
    { "/proc/self/mountinfo": `${ROOT.replace("ro,relatime", "rw,relatime")}\n${TMP}\n` },
    ["root", false, "can be written"],
  ],
  [
    "a later mount over its root",
    { "/proc/self/mountinfo": `${ROOT}\n${TMP}\n102 100 0:52 / / rw - tmpfs tmpfs rw\n` },
    ["root", false, "can be written"],
  ],
  [
    "a folder to run programs from",
    { "/proc/self/mountinfo": `${ROOT}\n${TMP.replace("noexec,", "")}\n` },
    ["/tmp", false, "without noexec"],
  ],
  [
    "a capability that can come back",
    { "/proc/self/status": statusOf({ CapBnd: "00000000a80425fb" }) },
    ["capabilities", false, "some: 00000000a80425fb"],
  ],
  [
    "privileges to gain",
    { "/proc/self/status": statusOf({ NoNewPrivs: "0" }) },
    ["privileges", false, "can be gained"],
  ],
  [
    "root as its user",
    { "/proc/self/status": statusOf({ Uid: "0\t0\t0\t0" }) },
    ["user", false, expect.stringContaining("0\t0")],
  ],
  [
    "every system call",
    { "/proc/self/status": statusOf({ Seccomp: "0" }) },
    ["system calls", false, "all of them are allowed"],
  ],
  [
    "sight of other processes",
    { "/proc/self/status": statusOf({ Pid: "4711", NSpid: "4711" }) },
    ["own processes", false, "it sees others"],
  ],
  ["all memory", { "/sys/fs/cgroup/memory.max": "max\n" }, ["memory", false, "without limit"]],
  [
    "all memory, as control groups of version 1 say it",
    {
      "/sys/fs/cgroup/memory.max": undefined,
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    },
    ["memory", false, "without limit"],
  ],
  ["processes nobody counts", { "/sys/fs/cgroup/pids.max": undefined }, ["processes", null, "unknown"]],
  ["files nobody counts", { "/proc/self/limits": undefined }, ["open files", null, "unknown"]],
])("a container with %s is found", (_, about, expected) => {
  expect(unsound(about)).toEqual([expected]);
});

test("what cannot be read is unknown, never sound", () => {
  const { confinements, hasOwnUsers } = reportOf(() => undefined);
  expect(confinements.map(({ holds }) => holds)).toEqual(confinements.map(() => null));
  expect(hasOwnUsers).toBe(null);
});

test("users of the host itself are told from users that are nobody there", () => {
  expect(report().hasOwnUsers).toBe(true);
  expect(report({ "/proc/self/uid_map": "         0          0 4294967295\n" }).hasOwnUsers).toBe(false);
});

test.runIf(process.arch === "x64" && process.platform === "linux")(
  "a program of our own looks at what an engine made of it",
  async () => {
    const { confinements } = await examineEngine(engine.setup);
    // The stand-in confines nothing: whatever the kernel says, it is not the user of a container.
    expect(confinements.find(({ name }) => name === "user")).toMatchObject({ holds: false });
    expect(engine.left()).toEqual([]);
  },
  60_000,
);

test("an engine that does not run anything is said to be that, in its own words", async () => {
  const command = join(folder, "broken");
  const script =
    '#!/bin/sh\ncase "$1" in run) echo "no runtime" >&2; exit 126;; ps | images) ;; *) echo x;; esac\n';
  writeFileSync(command, script);
  chmodSync(command, 0o755);
  await expect(examineEngine({ command: [command], environment: {} })).rejects.toMatchObject({
    code: "EVALUATOR_CONTAINER_PROBE_FAILED",
    facts: { exitCode: 126, detail: "no runtime" },
  });
}, 60_000);
