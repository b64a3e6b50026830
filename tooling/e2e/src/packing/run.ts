import { type ExecFileException, execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Root of the workspace. */
export const root: string = fileURLToPath(new URL("../../../..", import.meta.url));

/** The compiler of the workspace. */
export const compiler: string = join(root, "node_modules/typescript/bin/tsc");

/** How a program ended and what it wrote. */
export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a program to its end; a failure to start it is thrown. */
export function run(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, NO_COLOR: "1", npm_config_update_notifier: "false" };
  return new Promise((resolve, reject) =>
    execFile(program, args, { cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      const code = exitCodeOf(error);
      if (code === undefined) reject(error);
      else resolve({ code, stdout, stderr });
    }),
  );
}

/** Runs a program that must succeed; its standard output. */
export async function succeed(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, cwd);
  if (code === 0) return stdout;
  throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${stderr}${stdout}`);
}

function exitCodeOf(error: ExecFileException | null): number | undefined {
  if (error === null) return 0;
  return typeof error.code === "number" ? error.code : undefined;
}
