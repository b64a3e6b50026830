import { readFile } from "node:fs/promises";
import { DevnetError } from "./errors.ts";
import { invalid } from "./genesis/document.ts";

/** The bytes of a file that the command line names. */
export async function readNamed(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (cause) {
    const problem = `cannot read ${file}`;
    throw new DevnetError({ code: "DEVNET_USAGE", problem }, problem, { cause });
  }
}

/** The JSON in such a file. */
export async function readJson(file: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readNamed(file));
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("", "is no JSON");
  }
}
