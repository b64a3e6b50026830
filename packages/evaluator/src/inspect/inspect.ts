import { AGENT_ABI } from "../agent-abi.ts";
import { Reader } from "./reader.ts";
import { refuse } from "./refuse.ts";
import {
  assertEntryPoint,
  forEach,
  listOf,
  type ModuleFacts,
  readBody,
  readExport,
  readGlobal,
  readImports,
  readMemories,
  readTables,
} from "./sections.ts";
import { readFunctionType } from "./types.ts";

/** `\0asm` and version 1. */
const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

const CUSTOM = 0;
const DATA_COUNT = 12;
const LAST_KNOWN = 12;

/** What the host must know to give a module its memory; `maximumPages` is what the host will allow. */
export type InspectedAgent = { readonly initialPages: number; readonly maximumPages: number };

/**
 * Inspects a module without instantiating it and refuses whatever `docs/agents.md` does not allow.
 * Types, stack and indices of instructions stay the engine's business: it validates them before anything runs.
 */
export function inspectAgent(artefact: Uint8Array): InspectedAgent {
  if (artefact.length > AGENT_ABI.maxBytes)
    refuse("too-large", `${artefact.length} bytes, ${AGENT_ABI.maxBytes} are allowed`);
  if (PREAMBLE.some((byte, i) => artefact[i] !== byte)) refuse("not-wasm", "no WebAssembly 1 preamble");
  const facts: ModuleFacts = { types: [], functions: [], exports: [], memory: undefined };
  readSections(new Reader(artefact, { from: PREAMBLE.length }), facts);
  if (facts.memory === undefined) return refuse("imports", "does not import env.memory");
  assertEntryPoint("reset", facts);
  assertEntryPoint("act", facts);
  const { minimum, maximum = AGENT_ABI.maxPages } = facts.memory;
  return { initialPages: minimum, maximumPages: Math.min(maximum, AGENT_ABI.maxPages) };
}

function readSections(reader: Reader, facts: ModuleFacts): void {
  const seen = new Set<number>();
  while (!reader.isDone) {
    const id = reader.byte();
    if (id > LAST_KNOWN) refuse("unsupported", `section ${id}`);
    if (id !== CUSTOM && seen.has(id)) refuse("malformed", `section ${id} appears twice`);
    seen.add(id);
    readSection(reader.part(reader.u32()), { id, facts });
  }
}

/** Sections left to the engine: start, elements, data. */
function readSection(section: Reader, { id, facts }: { id: number; facts: ModuleFacts }): void {
  switch (id) {
    case 1:
      facts.types = listOf(section, readFunctionType);
      break;
    case 2:
      facts.memory = readImports(section);
      break;
    case 3:
      facts.functions = listOf(section, (reader) => reader.u32());
      break;
    case 4:
      readTables(section);
      break;
    case 5:
      readMemories(section);
      break;
    case 6:
      forEach(section, readGlobal);
      break;
    case 7:
      facts.exports = listOf(section, readExport);
      break;
    case 10:
      forEach(section, readBody);
      break;
    case DATA_COUNT:
      section.u32();
      break;
    default:
      return;
  }
  if (!section.isDone) refuse("malformed", `section ${id} has bytes left over`);
}
