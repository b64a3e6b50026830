import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ContainerSetup, containerSetup, tryAgent } from "@assay/evaluator";

const PAGE = join(import.meta.dirname, "../../../../docs/agents.md");
const TASK = "waypoint-navigation-container";
const CANDIDATES = ["podman", "podman --runtime runc", "docker"];

/** Packs the container agent of `docs/agents.md` with the very commands it gives; answers with the file. */
export function packDocumentedAgent(folder: string): string {
  const page = readFileSync(PAGE, "utf8");
  const script = /```sh\n(#!\/bin\/sh\n.*?)```/s.exec(page)?.[1] ?? "";
  const commands = /^ {4}mkdir -p root.*?agent\.tar\.gz$/ms.exec(page)?.[0] ?? "false";
  writeFileSync(join(folder, "agent"), script);
  execFileSync("/bin/sh", ["-ec", commands], { cwd: folder, stdio: "pipe" });
  return join(folder, "agent.tar.gz");
}

/** Packs a root with one file, the shell script `agent`, beside what that of another agent already has. */
export function repack(folder: string, { name, script }: { name: string; script: string }): string {
  const file = `${name}.tar.gz`;
  writeFileSync(join(folder, "root", "agent"), `#!/bin/sh\n${script}\n`);
  execFileSync("/bin/sh", ["-ec", `tar --format=ustar -C root -cf - . | gzip -9 > ${file}`], { cwd: folder });
  return join(folder, file);
}

/** How an agent in a container really runs on this machine; undefined, and said why, where it does not. */
export async function engineHere(agent: Buffer): Promise<ContainerSetup | undefined> {
  const named = process.env["ASSAY_CONTAINER_COMMAND"];
  for (const ASSAY_CONTAINER_COMMAND of named ? [named] : CANDIDATES) {
    const setup = containerSetup({ ...process.env, ASSAY_CONTAINER_COMMAND });
    if (setup === undefined) continue;
    const trial = { agent, task: TASK, episodes: 2, seed: "here", containers: setup };
    const problem = await tryAgent(trial).then(
      ({ failure }) => failure?.detail,
      (error: Error) => error.message,
    );
    if (problem === undefined) return setup;
    console.info(`tried ${ASSAY_CONTAINER_COMMAND}: ${problem}`);
  }
  return undefined;
}
