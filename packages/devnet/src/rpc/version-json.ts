import { VERSION } from "../runtime/runtime.ts";

/** The runtime version as JSON-RPC shows it. */
export function versionJson() {
  return {
    specName: VERSION.spec_name,
    implName: VERSION.impl_name,
    authoringVersion: VERSION.authoring_version,
    specVersion: VERSION.spec_version,
    implVersion: VERSION.impl_version,
    apis: VERSION.apis,
    transactionVersion: VERSION.transaction_version,
    systemVersion: VERSION.system_version,
    stateVersion: VERSION.system_version,
  };
}
