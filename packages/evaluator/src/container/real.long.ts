import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createEvaluator } from "../evaluator.ts";
import { taskFor } from "../tasks/built-in.ts";
import { waypointNavigation } from "../tasks/waypoint-navigation.ts";
import { straight } from "../test/agents.ts";
import { realEngine, shellImage } from "../test/busybox.ts";
import { playInProcess } from "../test/in-process.ts";
import { seedsNamed } from "../test/seeds.ts";
import { Engine } from "./engine.ts";
import type { ContainerSetup } from "./env.ts";
import { examineEngine } from "./examine.ts";
import { isAbandoned } from "./names.ts";
import { writeTar } from "./tar.ts";

vi.setConfig({ testTimeout: 300_000 });

const { setup, tried } = await realEngine();
const page = readFileSync(join(import.meta.dirname, "../../../../docs/agents.md"), "utf8");
const seeds = seedsNamed("container", 40);
const task = taskFor({ task: "waypoint-navigation-container", version: "1" });

test("this machine either runs containers, or says what was tried", () => {
  const proven = setup === undefined ? "NOT PROVEN HERE" : `really run with ${setup.command.join(" ")}`;
  process.stdout.write(`container agents: ${proven}${tried.map((one) => `\n  tried ${one}`).join("")}\n`);
  expect(setup !== undefined || tried.length > 0).toBe(true);
});

/** A script that says it is ready, reads the first turn, and then does its worst. */
const ready = (then: string) => `read -r greeting; echo '{"ready":true}'; read -r turn; ${then}`;

/** What must not succeed, one after the other in one container; each is a condition of a shell. */
const attempts = {
  "write to its root": "echo x > /written",
  "fill more than its temporary folder": "dd if=/dev/zero of=/tmp/full bs=1M count=17",
  "run what it wrote": "rm /tmp/full; cat /bin/busybox > /tmp/sh && chmod 755 /tmp/sh && /tmp/sh true",
  "call the network": "wget -T 5 -q -O /dev/null http://1.1.1.1/",
  "find a network device": "ip -o link | grep -qv ' lo:'",
  "be root": '[ "$(id -u)" = 0 ]',
  "have capabilities": "grep -q '^Cap[A-Z][a-z]*:.*[1-9a-f]' /proc/self/status",
  "gain privileges": "grep -q '^NoNewPrivs:.*0' /proc/self/status",
  "read our environment": "env | grep -q -e ASSAY -e PROXY=. -e proxy=.",
  "see the host's processes": '[ "$(ls -d /proc/[0-9]* | wc -l)" -gt 8 ]',
};
const trying = Object.values(attempts).map((attempt, i) => `if ${attempt}; then exit ${i + 1}; fi`);

/** Every one of them must fail: 100 says that all did. */
const curious = ready([...trying, "exit 100"].join("\n"));

const hostile: Record<string, readonly [script: string, code: string, detail: string | RegExp]> = {
  "forks without end": [
    ready("bomb() { bomb | bomb & }; (bomb) & while :; do :; done"),
    "TIMEOUT",
    /^turn 1 took/,
  ],
  "starts a hundred processes": [
    ready("for i in $(seq 100); do sleep 300 & done; exit 20"),
    "TRAP",
    "it ended with exit code 2 during turn 1",
  ],
  "takes all memory": [
    ready("exec dd if=/dev/zero of=/dev/null bs=900M count=1"),
    "OUT_OF_MEMORY",
    "its container took all its memory",
  ],
  "loops for ever": [ready("while :; do :; done"), "TIMEOUT", "turn 1 took longer than 3000 ms"],
  "sleeps and ignores the end": [ready("trap '' TERM INT; sleep 300"), "TIMEOUT", /^turn 1 took/],
  "writes without end": [ready("exec cat /dev/zero"), "INVALID_ACTION", "a line of more than 65536 bytes"],
  "answers without end": [ready(`exec yes '{"turn":1,"actions":[]}'`), "INVALID_ACTION", /./],
  "answers garbage": [ready("echo garbage; read -r more"), "INVALID_ACTION", /^turn 1: the answer is not/],
  "exits at once": ["exit 125", "TRAP", "it ended with exit code 125 during its start"],
};

if (setup !== undefined) describe("in a real container", () => inContainers(setup));

function inContainers(containers: ContainerSetup): void {
  const evaluator = createEvaluator({ task, containers, limits: { turnMs: 6_000, episodeMs: 6_000 } });
  const HASTE = { turnMs: 300, episodeMs: 150 };
  const play = (script: string, limits = {}) =>
    evaluator.evaluate({ artefact: shellImage(script), seeds, limits });
  const names = async () => {
    const engine = new Engine(containers);
    const all = [...(await engine.containers()), ...(await engine.images())];
    return all.filter((name) => isAbandoned(name, Number.MAX_SAFE_INTEGER));
  };
  let before: string[];

  beforeAll(async () => {
    before = await names();
  });

  afterAll(async () => {
    await evaluator.close();
    expect(await names()).toEqual(before);
  });

  test("the agent of docs/agents.md plays what the same agent plays as a module, bit for bit", async () => {
    const script = /```sh\n#!\/bin\/sh\n(.*?)```/s.exec(page)?.[1] ?? "";
    const evaluation = await play(script);
    const episodes = await playInProcess(straight, { task: waypointNavigation(), seeds });
    expect(evaluation).toEqual({ ok: true, episodes });
  });

  test("the kernel says inside a container that it is confined in every way", async () => {
    const { confinements } = await examineEngine(containers);
    expect(confinements.filter(({ holds }) => holds !== true)).toEqual([]);
  });

  test("an agent cannot do what it must not", async () => {
    const detail = "it ended with exit code 100 during turn 1";
    const names = Object.keys(attempts).map((name, i) => `${i + 1} could ${name}`);
    expect(await play(curious), names.join(", ")).toEqual({
      ok: false,
      failure: { code: "EVALUATOR_AGENT_TRAP", detail },
    });
  });

  test.each(Object.entries(hostile))("an agent that %s fails by name", async (_, [script, code, detail]) => {
    const expected = typeof detail === "string" ? detail : expect.stringMatching(detail);
    expect(await play(script, code === "TIMEOUT" ? HASTE : {})).toEqual({
      ok: false,
      failure: { code: `EVALUATOR_AGENT_${code}`, detail: expected },
    });
  });

  test("an agent that is no program for this machine fails by name", async () => {
    const evaluation = await evaluator.evaluate({ artefact: brokenImage(), seeds });
    expect(evaluation).toMatchObject({ failure: { code: expect.stringMatching(/REFUSED|TRAP/) } });
  });
}

/** An image whose agent names an interpreter that is not there. */
function brokenImage(): Buffer {
  return writeTar([
    { path: "agent", kind: "file", isExecutable: true, bytes: Buffer.from("#!/no/such/program\n") },
  ]);
}
