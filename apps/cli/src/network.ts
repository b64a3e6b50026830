import { readDemo, readEnvironment } from "./env.ts";
import { CliError } from "./errors.ts";

/** Endpoints of the networks that have a name. */
export const NETWORKS: Readonly<Record<string, string>> = {
  finney: "wss://entrypoint-finney.opentensor.ai:443",
  test: "wss://test.finney.opentensor.ai:443",
  archive: "wss://archive.chain.opentensor.ai:443",
  local: "ws://127.0.0.1:9944",
};

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
    endpointOf(flags["subtensor.network"]) ??
    settings.ASSAY_CHAIN_URL ??
    settings.BT_SUBTENSOR_CHAIN_ENDPOINT ??
    endpointOf(settings.BT_SUBTENSOR_NETWORK) ??
    readDemo(settings.ASSAY_HOME)?.chainUrl;
  if (text !== undefined) return text.split(",").map((url) => url.trim());
  const help =
    "no chain: give --subtensor.network, --chain-url or ASSAY_CHAIN_URL, or start a demo with `npm start`";
  throw new CliError({ code: "CLI_NO_CHAIN" }, help);
}

/** The endpoint of a network by its name; the SDK takes an address in the same place. */
function endpointOf(network: string | undefined): string | undefined {
  if (network === undefined || /^wss?:/.test(network)) return network;
  const endpoint = Object.hasOwn(NETWORKS, network) ? NETWORKS[network] : undefined;
  if (endpoint !== undefined) return endpoint;
  const names = Object.keys(NETWORKS).join(", ");
  throw new CliError(
    { code: "CLI_USAGE" },
    `there is no network ${network}; there are ${names}, or give its address`,
  );
}
