import { staticProgram } from "./elf.ts";
import type { Engine } from "./engine.ts";
import { runOwn } from "./probe.ts";

/**
 * Machine code for x64: writes a label, then what is in a file, if it can be read, for each pair of texts that follow the code. In
 * C: `for (p = list; *p; ) { write(1, p, strlen(p)); p = next(p); fd = open(p, 0); p = next(p); if (fd >= 0) copy(fd, 1); }`
 */
const LOOK_X64 = [
  "488d1d87000000803b0074794889de31d2ffc248ffc3807bff0075f5ffcabf01000000b8010000000f054889df31f6b8",
  "020000000f054989c448ffc3807bff0075f74d85e478c04c89e7488db42400e0ffffba0010000031c00f054885c07e19",
  "4889c2bf01000000488db42400e0ffffb8010000000f05ebce4c89e7b8030000000f05eb8231ffb83c0000000f05",
].join("");
const MACHINE_X64 = 62;
const LABEL = "\n=== ";

/** Whether there is a program for this processor. */
export function canLook(architecture: string = process.arch): boolean {
  return architecture === "x64";
}

/** What the kernel says in these files to a program inside a container; undefined what it cannot read. */
export async function lookInside(
  engine: Engine,
  paths: readonly string[],
): Promise<(path: string) => string | undefined> {
  const list = paths.map((path) => `${LABEL}${path}\n\0${path}\0`).join("");
  const code = Buffer.concat([Buffer.from(LOOK_X64, "hex"), Buffer.from(`${list}\0`)]);
  const said = await runOwn(engine, staticProgram({ machine: MACHINE_X64, code }));
  const texts = said.split(LABEL).slice(1);
  const found = new Map(
    texts.map((text) => [text.slice(0, text.indexOf("\n")), text.slice(text.indexOf("\n") + 1)]),
  );
  return (path) => found.get(path) || undefined;
}
