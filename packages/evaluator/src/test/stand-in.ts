import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { ContainerSetup } from "../container/env.ts";
import { writeTar } from "../container/tar.ts";

const SCRIPT = join(import.meta.dirname, "stand-in-engine.sh");

/** A command that plays a container engine, for what does not need the real one: arguments, order, life cycle. */
export function standInEngine() {
  const folder = mkdtempSync(join(tmpdir(), "assay-engine-"));
  chmodSync(folder, 0o755);
  for (const name of ["images", "containers"]) mkdirSync(join(folder, name));
  const environment = { PATH: process.env["PATH"] ?? "" };
  const setup: ContainerSetup = { command: ["/bin/sh", SCRIPT, folder], environment };
  return {
    setup,
    calls: () => readFileSync(join(folder, "calls"), "utf8").trim().split("\n"),
    /** `down`: every call fails; `weak`: nothing starts; `stuck`: containers stay. */
    mark: (state: "down" | "weak" | "stuck") => writeFileSync(join(folder, state), ""),
    unmark: (state: "down" | "weak" | "stuck") => rmSync(join(folder, state)),
    leave: (kind: "images" | "containers", name: string) => mkdirSync(join(folder, kind, name)),
    left: () => ["images", "containers"].flatMap((kind) => readdirSync(join(folder, kind))),
    clear: () => {
      for (const kind of ["images", "containers"])
        for (const name of readdirSync(join(folder, kind)))
          rmSync(join(folder, kind, name), { recursive: true });
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}

/** An image whose only file is a program for Node. */
export function nodeImage(program: string): Buffer {
  const bytes = Buffer.from(`#!${process.execPath}\n${program}`);
  return gzipSync(writeTar([{ path: "agent", kind: "file", isExecutable: true, bytes }]));
}
