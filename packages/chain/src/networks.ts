export { shownEndpoint } from "./rpc/shown-endpoint.ts";

/** Endpoints of the networks that have a name. */
export const NETWORKS: Readonly<Record<string, string>> = {
  finney: "wss://entrypoint-finney.opentensor.ai:443",
  test: "wss://test.finney.opentensor.ai:443",
  archive: "wss://archive.chain.opentensor.ai:443",
  "latent-lite": "wss://lite.sub.latent.to:443",
  local: "ws://127.0.0.1:9944",
};

/** The endpoint of a network by its name, or the address itself, since the Python SDK takes both; else undefined. */
export function endpointOf(network: string): string | undefined {
  if (/^wss?:\/\/./.test(network)) return network;
  return Object.hasOwn(NETWORKS, network) ? NETWORKS[network] : undefined;
}
