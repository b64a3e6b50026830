import { AGENT_ABI } from "../agent-abi.ts";

/** What a container agent may use, as `docs/agents.md` states it. */
export const CONTAINER_LIMITS = {
  /** Bytes of the image once unpacked, headers included: 64 MiB. */
  maxUnpackedBytes: 67_108_864,
  /** Files, folders and links of the image. */
  maxEntries: 4_096,
  /** Memory of the container, what it writes to temporary folders included; swap is off. */
  memoryBytes: AGENT_ABI.maxProcessBytes,
  /** Processes and threads at one time. */
  processes: 64,
  openFiles: 256,
  /** Size of `/tmp`, the only folder it is promised: 16 MiB. */
  tmpBytes: 16_777_216,
  /** One line of an answer. */
  lineBytes: 65_536,
  /** Milliseconds until it must have said that it is ready. */
  startMs: 60_000,
  /** Milliseconds on the clock for each millisecond of processor time that a module would get. */
  clockFactor: 10,
  /** The longest that all turns together may take, whatever their number. */
  maxTotalMs: 1_200_000,
} as const;
