import { createProgram } from "../program.ts";

/** How a command ended, and what it wrote. */
export type Ran = { readonly code: number; readonly results: string[]; readonly notes: string };

/** Runs the command line inside this process and keeps what it wrote. */
export async function assay(...args: string[]): Promise<Ran> {
  const results: string[] = [];
  const notes: string[] = [];
  const out = {
    result: (text: string) => void results.push(text),
    note: (text: string) => void notes.push(text),
  };
  const code = await createProgram(out).run(["node", "assay", ...args]);
  return { code, results, notes: notes.join("\n") };
}
