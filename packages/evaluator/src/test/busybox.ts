import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { Engine } from "../container/engine.ts";
import { type ContainerSetup, containerSetup } from "../container/env.ts";
import { assertEngineWorks } from "../container/probe.ts";
import { type TarEntry, writeTar } from "../container/tar.ts";

const BUSYBOX = "/bin/busybox";
const TOOLS = [
  "sh",
  "sed",
  "seq",
  "sleep",
  "dd",
  "cat",
  "yes",
  "wget",
  "ls",
  "id",
  "grep",
  "env",
  "ip",
  "wc",
];
const CANDIDATES = ["podman", "podman --runtime runc", "docker"];

/** How containers really run on this machine, or what was tried; needs BusyBox for the agents. */
export async function realEngine(): Promise<{ setup?: ContainerSetup; tried: readonly string[] }> {
  if (!existsSync(BUSYBOX)) return { tried: [`${BUSYBOX} is not there`] };
  const named = process.env["ASSAY_CONTAINER_COMMAND"];
  const tried: string[] = [];
  for (const ASSAY_CONTAINER_COMMAND of named ? [named] : CANDIDATES) {
    const setup = containerSetup({ ...process.env, ASSAY_CONTAINER_COMMAND });
    const problem = setup === undefined ? "no command" : await problemOf(setup);
    if (problem === undefined && setup !== undefined) return { setup, tried };
    tried.push(`${ASSAY_CONTAINER_COMMAND}: ${problem}`);
  }
  return { tried };
}

function problemOf(setup: ContainerSetup): Promise<string | undefined> {
  return assertEngineWorks(new Engine(setup)).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

/** A root with BusyBox and one shell script as its agent, packed as `gzip -9` packs it. */
export function shellImage(script: string): Buffer {
  const entries: TarEntry[] = [
    { path: "agent", kind: "file", isExecutable: true, bytes: Buffer.from(`#!/bin/sh\n${script}`) },
    { path: "bin", kind: "folder" },
    { path: "bin/busybox", kind: "file", isExecutable: true, bytes: readFileSync(BUSYBOX) },
    ...TOOLS.map((name) => ({ path: `bin/${name}`, kind: "link", target: "busybox" }) as const),
  ];
  return execFileSync("gzip", ["-9", "--stdout"], { input: writeTar(entries), maxBuffer: 1e8 });
}
