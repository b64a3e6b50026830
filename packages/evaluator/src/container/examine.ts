import { Engine } from "./engine.ts";
import type { ContainerSetup } from "./env.ts";
import { CONTAINER_LIMITS } from "./limits.ts";
import { canLook, lookInside } from "./look.ts";
import { assertEngineWorks } from "./probe.ts";

/** One thing an engine promises, and whether a container really has it; null if that cannot be told. */
export type Confinement = { readonly name: string; readonly holds: boolean | null; readonly says: string };

/** What an engine is, and how it confines what it runs. */
export type EngineReport = {
  /** What its command says of itself. */
  readonly engine: string;
  /** Whether a user of the container is nobody outside: a rootless engine, or one that maps users. */
  readonly hasOwnUsers: boolean | null;
  readonly confinements: readonly Confinement[];
};

type Seen = (path: string) => string | undefined;

const [STATUS, DEVICES, MOUNTS, LIMITS, USERS] = [
  "/proc/self/status",
  "/proc/self/net/dev",
  "/proc/self/mountinfo",
  "/proc/self/limits",
  "/proc/self/uid_map",
] as const;
/** Control groups of version 2, then of version 1. */
const MEMORY = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"] as const;
const PROCESSES = ["/sys/fs/cgroup/pids.max", "/sys/fs/cgroup/pids/pids.max"] as const;
const ALL = [STATUS, DEVICES, MOUNTS, LIMITS, USERS, ...MEMORY, ...PROCESSES];

/** Runs a container as an agent's is run, and has the kernel say inside it how it is confined; throws if none runs. */
export async function examineEngine(setup: ContainerSetup): Promise<EngineReport> {
  const engine = new Engine(setup);
  const name = await engine.version();
  if (canLook()) return { engine: name, ...reportOf(await lookInside(engine, ALL)) };
  await assertEngineWorks(engine);
  const says = `nothing can look into a container on ${process.arch}`;
  return { engine: name, hasOwnUsers: null, confinements: [{ name: "confinement", holds: null, says }] };
}

/** What is to be thought of what the kernel says. */
export function reportOf(seen: Seen): Omit<EngineReport, "engine"> {
  const users = seen(USERS)?.trim().split(/\s+/);
  const confinements = [
    network(seen(DEVICES)),
    root(seen(MOUNTS)),
    temporary(seen(MOUNTS)),
    ...process_(seen(STATUS)),
    limit("memory", { text: firstOf(seen, MEMORY), most: CONTAINER_LIMITS.memoryBytes, unit: "bytes" }),
    limit("processes", {
      text: firstOf(seen, PROCESSES),
      most: CONTAINER_LIMITS.processes,
      unit: "at a time",
    }),
    limit("open files", {
      text: /^Max open files\s+(\S+)/m.exec(seen(LIMITS) ?? "")?.[1],
      most: CONTAINER_LIMITS.openFiles,
      unit: "at a time",
    }),
  ];
  return {
    hasOwnUsers: users === undefined ? null : users[1] !== "0" || users[2] !== "4294967295",
    confinements,
  };
}

function network(devices: string | undefined): Confinement {
  const names = devices?.match(/^\s*[^\s:]+(?=:)/gm)?.map((name) => name.trim());
  if (names === undefined) return { name: "network", holds: null, says: "unknown" };
  const others = names.filter((name) => name !== "lo");
  return {
    name: "network",
    holds: others.length === 0,
    says: others.length === 0 ? "none" : others.join(", "),
  };
}

function root(mounts: string | undefined): Confinement {
  const options = optionsOf(mounts, "/");
  if (options === undefined) return { name: "root", holds: null, says: "unknown" };
  return {
    name: "root",
    holds: options.includes("ro"),
    says: options.includes("ro") ? "read-only" : "can be written",
  };
}

function temporary(mounts: string | undefined): Confinement {
  const options = optionsOf(mounts, "/tmp");
  const missing = ["noexec", "nosuid", "nodev"].filter((option) => options?.includes(option) !== true);
  const says = missing.length === 0 ? "nothing in it can be executed" : `without ${missing.join(", ")}`;
  return { name: "/tmp", holds: options === undefined ? null : missing.length === 0, says };
}

/** Options of the last mount on a folder, which is the one that is seen. */
function optionsOf(mounts: string | undefined, folder: string): string[] | undefined {
  const lines = mounts?.split("\n").map((line) => line.split(" ")) ?? [];
  return lines.findLast(([, , , , place]) => place === folder)?.[5]?.split(",");
}

function process_(status: string | undefined): Confinement[] {
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, "m").exec(status ?? "")?.[1];
  const capabilities = ["Inh", "Prm", "Eff", "Bnd", "Amb"].map((set) => field(`Cap${set}`));
  const some = capabilities.filter((set) => set !== undefined && /[^0]/.test(set));
  const ids = [field("Uid"), field("Gid")].map((ids) => ids?.split(/\s+/).every((id) => id === "65534"));
  const tell = (name: string, { holds, yes, no }: { holds: boolean; yes: string; no: string }) =>
    status === undefined ? { name, holds: null, says: "unknown" } : { name, holds, says: holds ? yes : no };
  return [
    tell("capabilities", { holds: some.length === 0, yes: "none", no: `some: ${some.join(", ")}` }),
    tell("privileges", { holds: field("NoNewPrivs") === "1", yes: "none to be gained", no: "can be gained" }),
    tell("user", { holds: ids.every(Boolean), yes: "65534", no: `${field("Uid")}, group ${field("Gid")}` }),
    tell("system calls", { holds: field("Seccomp") === "2", yes: "filtered", no: "all of them are allowed" }),
    tell("own processes", {
      holds: field("Pid") === field("NSpid") && Number(field("Pid")) < 32,
      yes: "only",
      no: "it sees others",
    }),
  ];
}

type Limit = { readonly text: string | undefined; readonly most: number; readonly unit: string };

function limit(name: string, { text, most, unit }: Limit): Confinement {
  if (text === undefined) return { name, holds: null, says: "unknown" };
  const value = Number(text.trim());
  const holds = value <= most;
  return { name, holds, says: holds ? `at most ${value} ${unit}` : "without limit" };
}

function firstOf(seen: Seen, paths: readonly string[]): string | undefined {
  return paths.map(seen).find((text) => text !== undefined);
}
