import { accountNonce, core, metadataApi, subnetInfo, transactionPaymentApi } from "../apis/declarations.ts";
import type { RuntimeVersion } from "../pallets/system.ts";

/** The runtime APIs this node answers, in the order of the metadata. */
export const apis = [core, metadataApi, accountNonce, transactionPaymentApi, subnetInfo];

/** What clients compare before they sign: the names and numbers of mainnet's spec 424. */
export const VERSION: RuntimeVersion = {
  spec_name: "node-subtensor",
  impl_name: "node-subtensor",
  authoring_version: 1,
  spec_version: 424,
  impl_version: 1,
  apis: apis.map((api) => [api.id, api.version] as const),
  transaction_version: 1,
  system_version: 1,
};
