import { endpointOf, NETWORKS } from "@assay/chain/networks";
import { readDemo, readEnvironment } from "./env.ts";
import { CliError } from "./errors.ts";

/** Flags of a chain, the dotted ones as the Python SDK has them. */
export type ChainFlags = {
  chainUrl?: string | undefined;
  "subtensor.network"?: string | undefined;
  "subtensor.chain_endpoint"?: string | undefined;
};

/**
 * Endpoints of the chain: what flags say, else the environment, else the demo's; an address over the name of a network.
 *
 * Any flag wins over any variable: somebody who names a network must not end on another. Throws CLI_NO_CHAIN.
 */
export function chainUrls(flags: ChainFlags): string[] {
  const settings = readEnvironment();
  const text =
    flags.chainUrl ??
    flags["subtensor.chain_endpoint"] ??
    named(flags["subtensor.network"]) ??
    settings.ASSAY_CHAIN_URL ??
    settings.BT_SUBTENSOR_CHAIN_ENDPOINT ??
    named(settings.BT_SUBTENSOR_NETWORK) ??
    readDemo(settings.ASSAY_HOME)?.chainUrl;
  if (text !== undefined) return text.split(",").map((url) => url.trim());
  const help =
    "no chain: give --subtensor.network, --chain-url or ASSAY_CHAIN_URL, or start a demo with `npm start`";
  throw new CliError({ code: "CLI_NO_CHAIN" }, help);
}

function named(network: string | undefined): string | undefined {
  if (network === undefined) return undefined;
  const endpoint = endpointOf(network);
  if (endpoint !== undefined) return endpoint;
  const names = Object.keys(NETWORKS).join(", ");
  throw new CliError(
    { code: "CLI_USAGE" },
    `there is no network ${network}; there are ${names}, or give its address`,
  );
}
