import type { ApiDeclaration } from "../metadata/api.ts";
import type { RuntimeVersion } from "../pallets/system.ts";

/** What clients compare before they sign: the names and numbers of mainnet's spec 424. */
export function runtimeVersion(apis: readonly ApiDeclaration[]): RuntimeVersion {
  return {
    spec_name: "node-subtensor",
    impl_name: "node-subtensor",
    authoring_version: 1,
    spec_version: 424,
    impl_version: 1,
    apis: apis.map((api) => [api.id, api.version] as const),
    transaction_version: 1,
    system_version: 1,
  };
}
