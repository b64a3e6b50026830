import { parseArgs } from "node:util";
import { connectChain } from "../connect.ts";
import { type CheckResult, runChecks } from "./check.ts";
import { READ_CHECKS } from "./reads.ts";

const USAGE = "usage: test:chain -- --url ws://HOST:PORT [--netuid N] [--genesis 0x…]";
const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Holds a node to everything this package relies on; one line per claim, and an exit code. */
export async function runContract(
  args: readonly string[],
  write: (line: string) => void,
): Promise<(typeof EXIT)[keyof typeof EXIT]> {
  const wanted = parse(args);
  if (wanted === undefined) {
    write(USAGE);
    return EXIT.usage;
  }
  const { url, netuid, genesisHash } = wanted;
  const chain = await connectChain({ url, ...(genesisHash === undefined ? {} : { genesisHash }) });
  try {
    const results = await runChecks(READ_CHECKS, { chain, netuid });
    for (const result of results) write(lineOf(result));
    return results.every(({ problem }) => problem === null) ? EXIT.done : EXIT.failed;
  } finally {
    await chain.close();
  }
}

function lineOf({ claim, problem }: CheckResult): string {
  return problem === null ? `ok      ${claim}` : `FAILED  ${claim}: ${problem}`;
}

function parse(args: readonly string[]) {
  try {
    const option = { type: "string" } as const;
    const options = { url: option, netuid: option, genesis: option };
    const { url, netuid = "1", genesis: genesisHash } = parseArgs({ args: [...args], options }).values;
    return url === undefined || !/^\d{1,5}$/.test(netuid)
      ? undefined
      : { url, netuid: Number(netuid), genesisHash };
  } catch {
    return undefined;
  }
}
