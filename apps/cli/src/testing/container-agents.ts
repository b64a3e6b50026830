import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ContainerSetup, containerSetup, tryAgent } from "@assay/evaluator";
import { environmentWith } from "../env.ts";

const PAGE = join(import.meta.dirname, "../../../../docs/agents.md");
const BUSYBOX = "/bin/busybox";
const CANDIDATES = ["podman", "podman --runtime runc", "docker"];

/** Packs the agent of docs/agents.md with the very commands the page gives; undefined without what they want. */
export function packDocumentedAgent(folder: string): string | undefined {
  if (!existsSync(BUSYBOX)) return undefined;
  const page = readFileSync(PAGE, "utf8");
  const script = /```sh\n(#!\/bin\/sh\n.*?)```/s.exec(page)?.[1] ?? "";
  const commands = /^ {4}mkdir -p root.*?agent\.tar\.gz$/ms.exec(page)?.[0] ?? "false";
  writeFileSync(join(folder, "agent"), script);
  execFileSync("/bin/sh", ["-ec", commands], { cwd: folder });
  return join(folder, "agent.tar.gz");
}

/** Packs another agent into the root that {@link packDocumentedAgent} made. */
export function packAgent(folder: string, { name, script }: { name: string; script: string }): string {
  const file = `${name}.tar.gz`;
  writeFileSync(join(folder, "root", "agent"), script);
  execFileSync("/bin/sh", ["-ec", `tar --format=ustar -C root -cf - . | gzip -9 > ${file}`], { cwd: folder });
  return join(folder, file);
}

/** How containers really run on this machine, shown by an agent; or what was tried. */
export async function engineHere(
  file: string | undefined,
): Promise<{ setup?: ContainerSetup; tried: readonly string[] }> {
  if (file === undefined) return { tried: [`${BUSYBOX} is not there`] };
  const agent = readFileSync(file);
  const named = containerSetup();
  const setups = named === undefined ? CANDIDATES.map(setupOf) : [named];
  const tried: string[] = [];
  for (const setup of setups.flatMap((one) => one ?? [])) {
    const problem = await problemOf(agent, setup);
    if (problem === undefined) return { setup, tried };
    tried.push(`${setup.command.join(" ")}: ${problem}`);
  }
  return { tried };
}

function setupOf(command: string): ContainerSetup | undefined {
  return containerSetup(environmentWith({ ASSAY_CONTAINER_COMMAND: command }));
}

function problemOf(agent: Buffer, containers: ContainerSetup): Promise<string | undefined> {
  const trial = { agent, task: "waypoint-navigation-container", episodes: 2, seed: "here", containers };
  return tryAgent(trial).then(
    ({ failure }) => failure?.detail,
    (error: Error) => error.message,
  );
}
