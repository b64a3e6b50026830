import { ChainError } from "../errors.ts";
import { type ChainLog, silentLog } from "../log.ts";
import { askAt } from "../rpc/at-block.ts";
import type { Link } from "../rpc/link.ts";
import { isObject } from "../rpc/message.ts";
import type { RuntimeReport } from "../types.ts";
import { encoded } from "./decoded.ts";
import { KNOWN_SPECS } from "./expected.ts";
import { fetchMetadata } from "./metadata.ts";
import { decodeRuntime, type Runtime, type RuntimeVersion } from "./runtime.ts";

/** A decoded runtime takes tens of megabytes, and more than two at once is reading far into the past. */
const MAX_KEPT = 4;

/**
 * Runtimes by spec version, each loaded once. What is read or signed names its block, and the block names its
 * runtime: an upgrade is followed without being announced.
 */
export class Runtimes {
  readonly #link: Link;
  readonly #log: ChainLog;
  readonly #loaded = new Map<number, Promise<Runtime>>();
  #newest = 0;

  constructor(link: Link, log: ChainLog = silentLog) {
    this.#link = link;
    this.#log = log;
  }

  /** Highest spec version met so far. */
  get newestSpecVersion(): number {
    return this.#newest;
  }

  /** The runtime in the state after block `hash`. */
  async at(hash: string): Promise<Runtime> {
    const version = parseVersion(await askAt(this.#link, hash, ["state_getRuntimeVersion"]));
    this.#newest = Math.max(this.#newest, version.specVersion);
    return this.#loaded.get(version.specVersion) ?? this.#load(version, hash);
  }

  #report(runtime: Runtime): void {
    const { specVersion, isKnown, changes } = reportOf(runtime);
    if (changes.length > 0)
      this.#log.warn({ specVersion, changes }, "the runtime changed what is in use here");
    else if (!isKnown) this.#log.warn({ specVersion }, "this runtime is unknown, but nothing in use changed");
  }

  #load(version: RuntimeVersion, hash: string): Promise<Runtime> {
    const { specVersion } = version;
    const loading = fetchMetadata(this.#link, hash).then((metadata) => {
      const runtime = encoded("readable metadata", specVersion, () => decodeRuntime(version, metadata));
      this.#report(runtime);
      return runtime;
    });
    this.#loaded.set(specVersion, loading);
    // A failure is not kept: the next caller asks again.
    loading.catch(() => this.#loaded.delete(specVersion));
    for (const kept of this.#loaded.keys()) if (this.#loaded.size > MAX_KEPT) this.#loaded.delete(kept);
    return loading;
  }
}

/** How a runtime compares with what this version was made for. */
export function reportOf({ specVersion, changes }: Runtime): RuntimeReport {
  return { specVersion, isKnown: KNOWN_SPECS.includes(specVersion), changes };
}

function parseVersion(answer: unknown): RuntimeVersion {
  const { specVersion, transactionVersion } = isObject(answer) ? answer : {};
  if (typeof specVersion === "number" && typeof transactionVersion === "number")
    return { specVersion, transactionVersion };
  const found = String(JSON.stringify(answer)).slice(0, 200);
  const facts = {
    code: "CHAIN_UNEXPECTED_VALUE",
    item: "runtime version",
    expected: "numbers",
    found,
  } as const;
  throw new ChainError(facts);
}
