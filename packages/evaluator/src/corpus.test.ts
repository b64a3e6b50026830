import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, expect, test, vi } from "vitest";
import { createEvaluator } from "./evaluator.ts";
import { builtInTask } from "./tasks/built-in.ts";
import { acting, hostile, straight } from "./test/agents.ts";
import { agentProcesses, hasProc } from "./test/processes.ts";
import {
  agent,
  body,
  ENTRY_POINTS,
  f64,
  i32,
  leb,
  memoryImport,
  NO_PARAMETERS,
  PREAMBLE,
  section,
  text,
  vector,
} from "./test/wasm.ts";

vi.setConfig({ testTimeout: 60_000 });

const evaluator = createEvaluator();
const contained = createEvaluator({
  task: builtInTask("waypoint-navigation-container"),
  containers: undefined,
});
const seeds = ["5a".repeat(32)];
afterAll(() => Promise.all([evaluator.close(), contained.close()]));

const imports = (...kind: (readonly number[])[]) => agent({ imports: kind });
const foreign = (module: string, name: string) => [...text(module), ...text(name), 0, 0];
const importing = (module: string, name: string) => imports(memoryImport(), foreign(module, name));
/** An active data or element segment: at an address, some bytes. */
const data = (address: number, bytes: readonly number[]) =>
  section(11, vector([[0, ...i32(address), 0x0b, ...leb(bytes.length), ...bytes]]));
const late = (...tail: readonly (readonly number[])[]) => Uint8Array.from([...agent(), ...tail.flat()]);
const nested = (depth: number) => {
  const blocks = Array.from({ length: depth }, () => [0x02, 0x40]).flat();
  return agent({ act: [...blocks, ...Array<number>(depth).fill(0x0b)] });
};

/** What a stranger may send, and what it must end as; refusals by inspection never start a process. */
const corpus: [string, Uint8Array<ArrayBuffer>, RegExp][] = [
  ["is 100 MB behind a good preamble", hundredMegabytes(), /^REFUSED too-large/],
  ["is a zip bomb", Uint8Array.from(gzipSync(new Uint8Array(50_000_000))), /^REFUSED not-wasm/],
  ["is an ELF file", Uint8Array.from([0x7f, 0x45, 0x4c, 0x46]), /^REFUSED not-wasm/],
  ["imports randomness", importing("wasi_snapshot_preview1", "random_get"), /^REFUSED imports/],
  ["imports a clock", importing("wasi_snapshot_preview1", "clock_time_get"), /^REFUSED imports/],
  ["imports a console", importing("env", "log"), /^REFUSED imports/],
  ["imports names with control characters", imports(foreign("\u001b[2J\n", "\0")), /^REFUSED imports/],
  ["imports a name of half a megabyte", imports(foreign("x".repeat(500_000), "y")), /^REFUSED imports/],
  ["defines a memory", agent({ middle: section(5, vector([[0, 1]])) }), /^REFUSED own-memory/],
  ["shares its memory", imports(memoryImport([3, 1, 2])), /^REFUSED shared-memory/],
  ["wants 64-bit memory", imports(memoryImport([4, 1])), /^REFUSED memory64/],
  ["uses atomics", agent({ act: [...i32(0), 0xfe, 0x10, 2, 0, 0x1a] }), /^REFUSED threads/],
  ["has a table of 4 billion", tableOf(4_294_967_295), /^REFUSED table-limit/],
  ["has a million tables", agent({ middle: section(4, leb(1_000_000)) }), /^REFUSED malformed/],
  [
    "has a section of 4 GB",
    Uint8Array.from([...PREAMBLE, 1, 0xff, 0xff, 0xff, 0xff, 0x0f]),
    /^REFUSED malformed/,
  ],
  [
    "has a number that never ends",
    Uint8Array.from([...PREAMBLE, 1, ...Array<number>(64).fill(0x80)]),
    /^REFUSED malformed/,
  ],
  ["has a name that is no UTF-8", agent({ exports: [[2, 0xc3, 0x28, 0, 0]] }), /^REFUSED malformed/],
  ["repeats a section", late(section(1, vector([NO_PARAMETERS]))), /^REFUSED (malformed|invalid)/],
  ["has a data segment beyond its memory", late(data(2_000_000_000, [1])), /^TRAP/],
  ["starts a function that is not there", agent({ late: [8, 1, 9] }), /^REFUSED invalid/],
  ["traps in its start function", agent({ reset: [0x00], late: [8, 1, 0] }), /^TRAP/],
  ["nests blocks 100,000 deep without an action", nested(100_000), /^(REFUSED invalid|INVALID_ACTION|TRAP)/],
  ["has more locals than the engine takes", manyLocals(4_000_000_000), /^REFUSED invalid/],
  [
    "exports its act as a number",
    agent({ exports: [ENTRY_POINTS[0] ?? [], [...text("act"), 3, 0]] }),
    /^REFUSED exports/,
  ],
  [
    "repeats an export named with control characters",
    agent({ exports: [...ENTRY_POINTS, ...[0, 1].map(() => [...text("\u001b[2J\r\n\u202e"), 0, 0])] }),
    /^REFUSED invalid/,
  ],
  ["exports act twice", agent({ exports: [...ENTRY_POINTS, ...ENTRY_POINTS] }), /^REFUSED invalid/],
];

function hundredMegabytes(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(100_000_000);
  bytes.set(PREAMBLE);
  return bytes;
}

function tableOf(entries: number): Uint8Array<ArrayBuffer> {
  return agent({ middle: section(4, vector([[0x70, 0, ...leb(entries)]])) });
}

function manyLocals(count: number): Uint8Array<ArrayBuffer> {
  return agent({ code: [body([]), body([], [1, ...leb(count), 0x7f])] });
}

async function ending(artefact: Uint8Array, by = evaluator): Promise<string> {
  const evaluation = await by.evaluate({ artefact, seeds });
  if (evaluation.ok) return "ok";
  return `${evaluation.failure.code.replace("EVALUATOR_AGENT_", "")} ${evaluation.failure.detail}`;
}

test.each(corpus)("an agent that %s ends by name, in few printable words", async (_, bytes, expected) => {
  const end = await ending(bytes);
  expect(end).toMatch(expected);
  expect(end.length).toBeLessThan(600);
  expect(end).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

const bomb = gzipSync(new Uint8Array(100_000_000));
const images: [string, Uint8Array, RegExp][] = [
  ["is 100 MB behind a good preamble", hundredMegabytes(), /^REFUSED too-large/],
  ["is a zip bomb", Uint8Array.from(bomb), /^REFUSED image-too-large/],
  ["is a zip bomb in a zip bomb", Uint8Array.from(gzipSync(bomb)), /^REFUSED not-an-image/],
];

test.each(images)("an image that %s ends by name before an engine is asked", async (_, bytes, expected) => {
  expect(await ending(bytes, contained)).toMatch(expected);
});

test("the largest numbers there are do no harm as an action", async () => {
  for (const [x, y] of [
    [Number.MAX_VALUE, -Number.MAX_VALUE],
    [Number.MIN_VALUE, -0],
  ] as const) {
    const evaluation = await evaluator.evaluate({ artefact: agent({ act: acting(f64(x), f64(y)) }), seeds });
    const [episode] = evaluation.ok ? evaluation.episodes : [];
    expect(episode?.reward).toBeGreaterThanOrEqual(0);
    expect(episode?.reward).toBeLessThanOrEqual(1);
  }
});

test.skipIf(!hasProc)("no hostile agent leaves a process behind", () => {
  expect(agentProcesses()).toEqual([]);
});

test("hostile agents leave no memory behind in the evaluator's process", async () => {
  const before = process.memoryUsage().arrayBuffers;
  for (const { bytes } of [hostile.traps, hostile["grows and touches memory without end"]])
    expect(await ending(bytes)).toMatch(/^(TRAP|OUT_OF_MEMORY)/);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
});

test("while an agent loops, the evaluator's own turns go on", async () => {
  const stop = new AbortController();
  const { bytes } = hostile["loops for ever in act"];
  const running = evaluator.evaluate({ artefact: bytes, seeds, signal: stop.signal });
  let turns = 0;
  while (turns < 1_000) {
    await new Promise(setImmediate);
    turns += 1;
  }
  stop.abort();
  await expect(running).rejects.toMatchObject({ code: "EVALUATOR_ABORTED" });
});

test("a good agent with bytes changed, cut or repeated is played or fails by name", async () => {
  const at = fc.nat(straight.length - 1);
  const damage = fc.record({ at, value: fc.nat(255), cut: fc.option(at), repeat: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(damage, async (change) => {
      const changed = Uint8Array.from(straight);
      changed[change.at] = change.value;
      const kept = changed.slice(0, change.cut ?? undefined);
      const bytes = change.repeat ? Uint8Array.from([...kept, ...kept.slice(8)]) : kept;
      expect(await ending(bytes)).toMatch(/^(ok$|REFUSED |TRAP |TIMEOUT |OUT_OF_MEMORY |INVALID_ACTION )/);
    }),
    { numRuns: 25 },
  );
});
