import { AGENT_ABI } from "../agent-abi.ts";
import { readInstruction } from "./instructions.ts";
import type { Reader } from "./reader.ts";
import { refuse } from "./refuse.ts";
import { type FunctionType, type Limits, readLimits, readReferenceType, readValueType } from "./types.ts";

const KIND_FUNCTION = 0;
const KIND_MEMORY = 2;
const END = 0x0b;

/** Calls `read` for each entry of a vector; a length beyond the bytes ends as malformed. */
export function forEach(reader: Reader, read: (reader: Reader) => void): void {
  for (let left = reader.u32(); left > 0; left -= 1) read(reader);
}

export function listOf<T>(reader: Reader, read: (reader: Reader) => T): T[] {
  const list: T[] = [];
  forEach(reader, () => list.push(read(reader)));
  return list;
}

/** Reads the one import an agent may and must have: the memory `env.memory`. */
export function readImports(reader: Reader): Limits {
  const count = reader.u32();
  if (count !== 1) refuse("imports", `${count} imports; only env.memory is allowed`);
  const [module, name, kind] = [reader.name(), reader.name(), reader.byte()];
  if (module !== "env" || name !== "memory" || kind !== KIND_MEMORY)
    refuse("imports", `${clip(module)}.${clip(name)} of kind ${kind}; only the memory env.memory is allowed`);
  const limits = readLimits(reader);
  if (limits.minimum > AGENT_ABI.maxPages)
    refuse("memory-limit", `asks for ${limits.minimum} pages, ${AGENT_ABI.maxPages} are allowed`);
  if (limits.minimum === 0) refuse("memory-limit", "asks for no memory, 1 page is the least");
  if (limits.maximum !== undefined && limits.maximum < limits.minimum)
    refuse("malformed", "memory maximum below its minimum");
  return limits;
}

/** Tables keep their size, so what they ask for is all they ever take. */
export function readTables(reader: Reader): void {
  let entries = 0;
  forEach(reader, () => {
    readReferenceType(reader);
    entries += readLimits(reader).minimum;
  });
  if (entries > AGENT_ABI.maxTableEntries)
    refuse("table-limit", `tables of ${entries} entries, ${AGENT_ABI.maxTableEntries} are allowed`);
}

export function readMemories(reader: Reader): void {
  if (reader.u32() > 0) refuse("own-memory", "defines a memory; import env.memory instead");
}

export function readGlobal(reader: Reader): void {
  readValueType(reader);
  reader.byte();
  while (readInstruction(reader) !== END);
}

export type Export = { readonly name: string; readonly kind: number; readonly index: number };

export function readExport(reader: Reader): Export {
  return { name: reader.name(), kind: reader.byte(), index: reader.u32() };
}

/** Scans one function to its last byte, so that no instruction goes unseen. */
export function readBody(reader: Reader): void {
  const body = reader.part(reader.u32());
  forEach(body, () => {
    body.u32();
    readValueType(body);
  });
  let last = -1;
  while (!body.isDone) last = readInstruction(body);
  if (last !== END) refuse("malformed", "a function without end");
}

/** Checks that `name` is exported as a function without parameters and results. */
export function assertEntryPoint(name: string, module: ModuleFacts): void {
  const found = module.exports.find((entry) => entry.name === name);
  if (found === undefined) return refuse("exports", `does not export ${name}`);
  const type = module.types[module.functions[found.index] ?? -1];
  if (found.kind !== KIND_FUNCTION || type === undefined)
    return refuse("exports", `${name} is not a function of the module`);
  if (type.parameters > 0 || type.results > 0)
    refuse("exports", `${name} must have no parameters and no results`);
}

/** What inspection collects on its way through the sections. */
export type ModuleFacts = {
  types: FunctionType[];
  functions: number[];
  exports: Export[];
  memory: Limits | undefined;
};

function clip(name: string): string {
  return JSON.stringify(name.slice(0, 40));
}
