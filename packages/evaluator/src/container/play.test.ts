import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { createEvaluator } from "../evaluator.ts";
import { taskFor } from "../tasks/built-in.ts";
import { waypointNavigation } from "../tasks/waypoint-navigation.ts";
import { straight } from "../test/agents.ts";
import { playInProcess } from "../test/in-process.ts";
import { seedsNamed } from "../test/seeds.ts";
import { nodeImage, standInEngine } from "../test/stand-in.ts";
import { runArguments } from "./run-arguments.ts";

vi.setConfig({ testTimeout: 120_000 });

const engine = standInEngine();
const task = taskFor({ task: "waypoint-navigation-container", version: "1" });
const evaluator = createEvaluator({ task, containers: engine.setup });
const seeds = seedsNamed("container", 40);

afterEach(() => expect(engine.left()).toEqual([]));
afterAll(async () => {
  await evaluator.close();
  engine.close();
});

/** A program that answers every line with what `answer`, an expression over `message`, says. */
function answering(answer: string): Buffer {
  return nodeImage(`
    const lines = require("node:readline").createInterface({ input: process.stdin });
    lines.on("line", (line) => {
      const message = JSON.parse(line);
      if (message.protocol) console.log('{"ready":true}');
      else console.log(JSON.stringify(${answer}));
    });`);
}

const towards = "message.episodes.map(({ observation }) => [observation[4], observation[5]])";
const honest = answering(`{ turn: message.turn, actions: ${towards} }`);
const failing = (code: string, detail: string) => ({
  ok: false,
  failure: { code: `EVALUATOR_AGENT_${code}`, detail },
});

test("an honest container plays the episodes that the same agent plays as a module, bit for bit", async () => {
  const episodes = await playInProcess(straight, { task: waypointNavigation(), seeds });
  expect(await evaluator.evaluate({ artefact: honest, seeds })).toEqual({ ok: true, episodes });
});

test("it is imported, run with the arguments that confine it, and removed with its image", async () => {
  const before = engine.calls().length;
  await evaluator.evaluate({ artefact: honest, seeds: seeds.slice(0, 1) });
  const calls = engine.calls().slice(before);
  const [, , imported = ""] = calls;
  const image = imported.replace("import - ", "");
  const name = image.replace(":", "-");
  expect(calls).toEqual([
    "images --format {{.Repository}}:{{.Tag}}",
    "ps --all --format {{.Names}}",
    `import - ${image}`,
    runArguments({ name, image }).join(" "),
    `rm --force --volumes ${name}`,
    `rmi --force ${image}`,
    "ps --all --format {{.Names}}",
  ]);
});

const WRONG = 'turn 1: the answer is not {"turn":1,"actions":[…]} with 32 × 2 numbers';
test.each([
  [
    "exits at once",
    nodeImage("process.exitCode = 125"),
    "TRAP",
    "it ended with exit code 125 during its start",
  ],
  [
    "is killed for its memory",
    nodeImage('process.kill(process.pid, "SIGKILL")'),
    "OUT_OF_MEMORY",
    "its container took all its memory",
  ],
  [
    "says something else first",
    nodeImage('console.log("hello")'),
    "INVALID_ACTION",
    'the first line is not {"ready":true}',
  ],
  ["answers with garbage", answering('"garbage"'), "INVALID_ACTION", WRONG],
  ["answers another turn", answering(`{ turn: 7, actions: ${towards} }`), "INVALID_ACTION", WRONG],
  [
    "answers for too few episodes",
    answering("{ turn: message.turn, actions: [[0, 0]] }"),
    "INVALID_ACTION",
    WRONG,
  ],
  [
    "answers with null",
    answering("{ turn: message.turn, actions: message.episodes.map(() => [null, 0]) }"),
    "INVALID_ACTION",
    WRONG,
  ],
  [
    "answers twice",
    nodeImage('process.stdout.write(\'{"ready":true}\\n{"ready":true}\\n\')'),
    "INVALID_ACTION",
    "a line nobody asked for",
  ],
  [
    "never ends its line",
    nodeImage('const more = () => process.stdout.write("x".repeat(9999), more); more()'),
    "INVALID_ACTION",
    "a line of more than 65536 bytes",
  ],
])("a container that %s fails by name", async (_, artefact, code, detail) => {
  expect(await evaluator.evaluate({ artefact, seeds })).toEqual(failing(code, detail));
});

test("one that does not answer in time fails, after a container of ours has shown that it could have", async () => {
  const before = engine.calls().length;
  const artefact = nodeImage(`process.stdout.write('{"ready":true}\\n'); setInterval(() => {}, 1000)`);
  const limits = { turnMs: 50, episodeMs: 50 };
  expect(await evaluator.evaluate({ artefact, seeds, limits })).toEqual(
    failing("TIMEOUT", "turn 1 took longer than 500 ms"),
  );
  expect(
    engine
      .calls()
      .slice(before)
      .filter((call) => call.startsWith("run ")),
  ).toHaveLength(2);
});

test("one that has answered while this process stood still was not late", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-play-"));
  const [asked, standing, answered] = ["asked", "standing", "answered"].map((name) => join(folder, name));
  if (!asked || !standing || !answered) throw new Error("three files were named");
  const artefact = nodeImage(`
    const { existsSync, writeFileSync } = require("node:fs");
    const [asked, standing, answered] = ${JSON.stringify([asked, standing, answered])};
    require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
      const message = JSON.parse(line);
      if (message.protocol) return console.log('{"ready":true}');
      writeFileSync(asked, "");
      while (!existsSync(standing));
      console.log(JSON.stringify({ turn: message.turn, actions: ${towards} }));
      writeFileSync(answered, "");
    });`);
  const limits = { turnMs: 300, episodeMs: 60_000 };
  const standStill = () => {
    const end = performance.now() + 10 * limits.turnMs + 200;
    writeFileSync(standing, "");
    while (performance.now() < end || !existsSync(answered));
  };
  // What is run here comes after what was read and before what is late.
  const watch = () => (existsSync(asked) ? standStill() : void setImmediate(watch));
  watch();
  expect(await evaluator.evaluate({ artefact, seeds: seeds.slice(0, 1), limits })).toMatchObject({
    ok: true,
  });
  rmSync(folder, { recursive: true });
});

test("where nothing starts, nobody is blamed", async () => {
  engine.mark("weak");
  await expect(evaluator.evaluate({ artefact: honest, seeds })).rejects.toMatchObject({
    code: "EVALUATOR_CONTAINER_PROBE_FAILED",
    facts: { exitCode: 126 },
  });
  engine.unmark("weak");
});

test("an engine that is down, or not there, is this host's failure", async () => {
  engine.mark("down");
  await expect(evaluator.evaluate({ artefact: honest, seeds })).rejects.toMatchObject({
    code: "EVALUATOR_CONTAINER_ENGINE_FAILED",
    facts: { detail: "images ended with 125: the engine is down" },
  });
  engine.unmark("down");
  const containers = { command: ["assay-has-no-such-command"] as const, environment: {} };
  const elsewhere = createEvaluator({ task, containers });
  await expect(elsewhere.evaluate({ artefact: honest, seeds })).rejects.toMatchObject({
    code: "EVALUATOR_CONTAINER_ENGINE_FAILED",
  });
});

test("a host that was not told how to run containers says so", async () => {
  const without = createEvaluator({ task, containers: undefined });
  await expect(without.evaluate({ artefact: honest, seeds })).rejects.toMatchObject({
    code: "EVALUATOR_CONTAINERS_OFF",
    facts: { task: "waypoint-navigation-container" },
  });
});

test("a container that cannot be removed is told, not forgotten", async () => {
  engine.mark("stuck");
  await expect(
    evaluator.evaluate({ artefact: nodeImage("process.exitCode = 3"), seeds }),
  ).rejects.toMatchObject({
    code: "EVALUATOR_CONTAINER_ENGINE_FAILED",
    facts: { detail: expect.stringMatching(/^the container assay-agent-\S+ cannot be removed$/) },
  });
  engine.unmark("stuck");
  engine.clear();
});

test("what a killed evaluator left is swept away, what another still uses is not", async () => {
  const id = "0a1b2c3d-0000-4000-8000-000000000000";
  const [old, current] = ["1000000000", "9999999999"];
  for (const until of [old, current]) {
    engine.leave("containers", `assay-agent-${until}-${id}`);
    engine.leave("images", `assay-agent:${until}-${id}`);
  }
  engine.leave("images", "debian:12");
  await evaluator.evaluate({ artefact: nodeImage("process.exitCode = 3"), seeds });
  expect(engine.left().sort()).toEqual([
    `assay-agent-${current}-${id}`,
    `assay-agent:${current}-${id}`,
    "debian:12",
  ]);
  engine.clear();
});

test("an abort ends a container that hangs, and it is removed", async () => {
  const stop = new AbortController();
  const artefact = nodeImage("setInterval(() => {}, 1000)");
  const running = evaluator.evaluate({ artefact, seeds, signal: stop.signal });
  stop.abort(new Error("lease lost"));
  await expect(running).rejects.toMatchObject({ code: "EVALUATOR_ABORTED" });
});

test("a module is no image, and needs no engine to be refused", async () => {
  const before = engine.calls().length;
  expect(await evaluator.evaluate({ artefact: straight, seeds })).toEqual(
    failing("REFUSED", "not-an-image: not a tar archive in the format ustar"),
  );
  expect(engine.calls()).toHaveLength(before);
});
