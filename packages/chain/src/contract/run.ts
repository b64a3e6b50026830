import { type ConnectOptions, connectChain } from "../connect.ts";
import { type CheckResult, runChecks, type Subject } from "./check.ts";
import { type ContractFlags, parseContractFlags, USAGE } from "./flags.ts";
import { READ_CHECKS } from "./reads.ts";
import { REVEAL_CHECKS } from "./reveals.ts";
import { writeChecks } from "./writes.ts";

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Where the suite runs: what a connection says, and who makes blocks where nobody else does. */
export type Surroundings = Pick<ConnectOptions, "log"> & Partial<Pick<Subject, "onWait">>;

/** Holds a node to everything this package relies on; one line per claim, and an exit code. */
export async function runContract(
  args: readonly string[],
  write: (line: string) => void,
  surroundings: Surroundings = {},
): Promise<(typeof EXIT)[keyof typeof EXIT]> {
  const flags = parseContractFlags(args);
  if (flags === undefined) {
    write(USAGE);
    return EXIT.usage;
  }
  const results = await resultsOf(flags, surroundings);
  for (const result of results) write(lineOf(result));
  return results.every(({ problem }) => problem === null) ? EXIT.done : EXIT.failed;
}

async function resultsOf(flags: ContractFlags, { log, onWait = () => {} }: Surroundings) {
  const { url, netuid, mechid, genesisHash, followsReveals } = flags;
  const signer = await flags.signer?.();
  const chain = await connectChain({
    url,
    ...(genesisHash === undefined ? {} : { genesisHash }),
    ...(log === undefined ? {} : { log }),
  });
  try {
    const subject = { chain, netuid, onWait };
    const read = await runChecks(READ_CHECKS, subject);
    if (signer === undefined) return read;
    const checks = [...writeChecks(), ...(followsReveals ? REVEAL_CHECKS : [])];
    return [...read, ...(await runChecks(checks, { ...subject, mechid, signer }))];
  } finally {
    await chain.close();
  }
}

function lineOf({ claim, problem, skipped }: CheckResult): string {
  if (problem !== null) return `FAILED  ${claim}: ${problem}`;
  return skipped === null ? `ok      ${claim}` : `skipped ${claim}: ${skipped}`;
}
