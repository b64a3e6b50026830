import { AGENT_PATH } from "./image.ts";
import { CONTAINER_LIMITS } from "./limits.ts";

/** Nobody: owns no file of an image and no process of the host. */
const USER = "65534:65534";

/** A client's own configuration may hand its proxy, and the password in it, to every container. */
const EMPTIED = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

/** The arguments, after the command, that run an image apart from everything; Docker and Podman read them alike. */
export function runArguments({ name, image }: { name: string; image: string }): string[] {
  return ["run", ...confinement(name).flat(), "--entrypoint", `/${AGENT_PATH}`, image];
}

function confinement(name: string): string[][] {
  const { memoryBytes, processes, openFiles, tmpBytes } = CONTAINER_LIMITS;
  return [
    ["--interactive", "--name", name, "--pull", "never"],
    ["--network", "none", "--ipc", "none", "--hostname", "agent"],
    ["--read-only", "--tmpfs", `/tmp:rw,noexec,nosuid,nodev,size=${tmpBytes}`],
    ["--user", USER, "--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
    ["--memory", `${memoryBytes}b`, "--memory-swap", `${memoryBytes}b`, "--cpus", "1"],
    ["--pids-limit", String(processes), "--ulimit", "nproc=1024:1024"],
    ["--ulimit", `nofile=${openFiles}:${openFiles}`, "--ulimit", "core=0:0"],
    // Whatever it prints would otherwise fill the host's disk.
    ["--log-driver", "none"],
    ["--stop-signal", "KILL", "--stop-timeout", "0", "--workdir", "/"],
    ...EMPTIED.map((variable) => ["--env", `${variable}=`]),
  ];
}
