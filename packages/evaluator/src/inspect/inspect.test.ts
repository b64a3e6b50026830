import fc from "fast-check";
import { expect, test } from "vitest";
import { AGENT_ABI } from "../agent-abi.ts";
import { EvaluatorError } from "../errors.ts";
import type { RefusalReason } from "../failure.ts";
import { engine } from "../sandbox/engine.ts";
import { straight } from "../test/agents.ts";
import {
  agent,
  body,
  ENTRY_POINTS,
  i32,
  leb,
  memoryImport,
  NO_PARAMETERS,
  PREAMBLE,
  section,
  text,
  vector,
} from "../test/wasm.ts";
import { inspectAgent } from "./inspect.ts";

function reasonFor(bytes: Uint8Array): string {
  try {
    inspectAgent(bytes);
    return "accepted";
  } catch (error) {
    if (!(error instanceof EvaluatorError)) throw error;
    expect(error.code).toBe("EVALUATOR_AGENT_REFUSED");
    return String(Reflect.get(error.facts, "reason"));
  }
}

const acts = (...code: number[]) => agent({ act: code });
const importing = (...imports: (readonly number[])[]) => agent({ imports });
const imported = (kind: readonly number[]) => [...text("env"), ...text("other"), ...kind];
const DROP = 0x1a;
const TWO_OF = (value: readonly number[]) => [...value, ...value];
const V128 = [0xfd, ...leb(12), ...Array.from({ length: 16 }, () => 0)];

test("an agent of the documented form is accepted with the memory it asks for", () => {
  expect(inspectAgent(straight)).toEqual({ initialPages: 1, maximumPages: AGENT_ABI.maxPages });
  expect(inspectAgent(importing(memoryImport([1, 2, 9])))).toEqual({ initialPages: 2, maximumPages: 9 });
  expect(inspectAgent(importing(memoryImport([1, 1, ...leb(65_536)])))).toEqual({
    initialPages: 1,
    maximumPages: AGENT_ABI.maxPages,
  });
});

const refusals: [string, RefusalReason, Uint8Array][] = [
  ["no bytes", "not-wasm", new Uint8Array()],
  ["a text", "not-wasm", new TextEncoder().encode("print('hello')")],
  ["a half preamble", "not-wasm", Uint8Array.from(PREAMBLE.slice(0, 6))],
  ["a component", "not-wasm", Uint8Array.from([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0])],
  ["an empty module", "imports", Uint8Array.from(PREAMBLE)],
  ["more bytes than allowed", "too-large", new Uint8Array(AGENT_ABI.maxBytes + 1)],
  ["a truncated module", "malformed", straight.slice(0, -3)],
  [
    "a section longer than the module",
    "malformed",
    Uint8Array.from([...PREAMBLE, 1, 0xff, 0xff, 0xff, 0xff, 0x0f]),
  ],
  ["a section of endless length", "malformed", Uint8Array.from([...PREAMBLE, 1, ...Array(9).fill(0x80)])],
  [
    "a vector of four billion types",
    "malformed",
    Uint8Array.from([...PREAMBLE, 1, 5, 0xff, 0xff, 0xff, 0xff, 0x0f]),
  ],
  ["bytes after a section's content", "malformed", Uint8Array.from([...PREAMBLE, 1, 2, 0, 0])],
  ["a section twice", "malformed", Uint8Array.from([...PREAMBLE, ...section(1, [0]), ...section(1, [0])])],
  ["an unknown section", "unsupported", Uint8Array.from([...PREAMBLE, 14, 0])],
  ["exception tags", "unsupported", agent({ middle: section(13, [1, 0, 0]) })],
  ["no import", "imports", importing()],
  ["a function import", "imports", importing(imported([0, 0]))],
  ["a second import", "imports", importing(memoryImport(), imported([0, 0]))],
  ["a memory of another name", "imports", importing(imported([2, 0, 1]))],
  [
    "a global import under the memory's name",
    "imports",
    importing([...text("env"), ...text("memory"), 3, 0x7f, 0]),
  ],
  ["an own memory", "own-memory", agent({ middle: section(5, vector([[0, 1]])) })],
  ["shared memory", "shared-memory", importing(memoryImport([3, 1, 2]))],
  ["64-bit memory", "memory64", importing(memoryImport([4, 1]))],
  ["custom page sizes", "unsupported", importing(memoryImport([8, 1, 0]))],
  ["too much memory", "memory-limit", importing(memoryImport([0, AGENT_ABI.maxPages + 1]))],
  ["no memory at all", "memory-limit", importing(memoryImport([0, 0]))],
  ["a memory maximum below its minimum", "malformed", importing(memoryImport([1, 5, 4]))],
  ["a huge table", "table-limit", agent({ middle: section(4, vector([[0x70, 0, ...leb(16_385)]])) })],
  [
    "many tables",
    "table-limit",
    agent({ middle: section(4, vector(Array(20).fill([0x70, 0, ...leb(1_000)]))) }),
  ],
  ["no act", "exports", agent({ exports: ENTRY_POINTS.slice(0, 1) })],
  ["no reset", "exports", agent({ exports: ENTRY_POINTS.slice(1) })],
  ["an act that is the memory", "exports", agent({ exports: [ENTRY_POINTS[0]!, [...text("act"), 2, 0]] })],
  ["an act beyond the functions", "exports", agent({ exports: [ENTRY_POINTS[0]!, [...text("act"), 0, 9]] })],
  [
    "an act with a parameter",
    "exports",
    agent({ types: [NO_PARAMETERS, [0x60, 1, 0x7f, 0]], functions: [0, 1] }),
  ],
  [
    "an act with a result",
    "exports",
    agent({ types: [NO_PARAMETERS, [0x60, 0, 1, 0x7f]], functions: [0, 1] }),
  ],
  ["a structure type", "unsupported", agent({ types: [NO_PARAMETERS, [0x5f, 0]] })],
  ["a reference to any object", "unsupported", agent({ types: [NO_PARAMETERS, [0x60, 1, 0x6e, 0]] })],
  ["an atomic instruction", "threads", acts(...i32(0), 0xfe, 0x10, 2, 0, DROP)],
  ["relaxed SIMD", "relaxed-simd", acts(...TWO_OF(V128), 0xfd, ...leb(0x100), DROP)],
  [
    "relaxed SIMD with a padded opcode",
    "relaxed-simd",
    acts(...TWO_OF(V128), 0xfd, 0x80, 0x82, 0x80, 0x00, DROP),
  ],
  ["a growing table", "unsupported", acts(0xd0, 0x70, ...i32(1), 0xfc, 15, 0, DROP)],
  ["a tail call", "unsupported", acts(0x12, 0)],
  ["an exception", "unsupported", acts(0x08, 0)],
  ["garbage collection", "unsupported", acts(...i32(0), 0xfb, 0x1c, DROP)],
  ["a second memory", "unsupported", acts(...i32(0), 0x28, 0x42, 1, 0, DROP)],
  [
    "an atomic instruction in a global",
    "threads",
    agent({ middle: section(6, [1, 0x7f, 0, 0xfe, 0x03, 0, 0x0b]) }),
  ],
  ["a block of a typed reference", "unsupported", acts(0x02, 0x63, 0x70, 0x0b)],
  ["a function without its end", "malformed", agent({ code: [body([]), [2, 0, 0x01]] })],
  ["a function longer than its section", "malformed", agent({ code: [body([]), [90, 0, 0x0b]] })],
];

test.each(refusals)("%s is refused as %s", (_, reason, bytes) => {
  expect(reasonFor(bytes)).toBe(reason);
});

const ADDRESS = i32(0);
const allowed: [string, readonly number[]][] = [
  ["blocks", [0x02, 0x40, 0x0b, 0x02, 0x7f, ...ADDRESS, 0x0b, DROP]],
  ["a block of an indexed type", [0x02, 0, 0x0b, 0x02, 0x80, 0x80, 0x80, 0x80, 0x00, 0x0b]],
  ["a branch table", [...ADDRESS, 0x0e, 0, 0]],
  ["filling memory", [...TWO_OF(ADDRESS), ...ADDRESS, 0xfc, 11, 0]],
  ["copying memory", [...TWO_OF(ADDRESS), ...ADDRESS, 0xfc, 10, 0, 0]],
  ["saturating conversion", [0x43, 0, 0, 0, 0, 0xfc, 0, DROP]],
  ["sign extension", [...ADDRESS, 0xc0, DROP]],
  ["references", [0xd0, 0x70, 0xd1, DROP]],
  ["a typed select", [...TWO_OF(ADDRESS), ...ADDRESS, 0x1c, 1, 0x7f, DROP]],
  ["numbers of 64 bits", [0x42, ...Array(9).fill(0xff), 0x00, DROP]],
  ["a SIMD lane", [...V128, 0xfd, 21, 3, DROP]],
  ["SIMD arithmetic", [...TWO_OF(V128), 0xfd, ...leb(0xe4), DROP]],
  ["a shuffle", [...TWO_OF(V128), 0xfd, 13, ...Array(16).fill(0), DROP]],
  ["loading one lane", [...ADDRESS, ...V128, 0xfd, 84, 0, 0, 3, DROP]],
  ["loading a lane and zeros", [...ADDRESS, 0xfd, 92, 2, 0, DROP]],
  ["a splat", [...ADDRESS, 0xfd, 15, DROP]],
];

test.each(allowed)("%s: part of WebAssembly 2.0, so inspection and engine accept it", (_, code) => {
  expect(() => new engine.Module(acts(...code))).not.toThrow();
  expect(reasonFor(acts(...code))).toBe("accepted");
});

test("a custom section may hold anything, as often as it likes", () => {
  const custom = section(0, [...text("name"), 1, 2, 3]);
  expect(reasonFor(Uint8Array.from([...straight, ...custom, ...custom]))).toBe("accepted");
});

test("arbitrary bytes are refused by name or accepted, and nothing else happens", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      reasonFor(bytes);
      reasonFor(Uint8Array.from([...PREAMBLE, ...bytes]));
    }),
    { numRuns: 500 },
  );
});

test("a damaged agent is refused by name, or still imports only the memory when the engine takes it", () => {
  const damage = fc.array(fc.tuple(fc.nat(straight.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(damage, (changes) => {
      const damaged = Uint8Array.from(straight);
      for (const [at, value] of changes) damaged[at] = value;
      if (reasonFor(damaged) === "accepted") expect(importsOf(damaged)).toBe("env.memory");
    }),
    { numRuns: 2_000 },
  );
});

/** What the engine says a module imports; what the engine refuses imports nothing dangerous. */
function importsOf(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    const module = new engine.Module(bytes);
    return engine.Module.imports(module)
      .map((entry) => `${entry.module}.${entry.name}`)
      .join();
  } catch {
    return "env.memory";
  }
}
