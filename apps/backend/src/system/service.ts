import type { SystemInfo } from "@assay/api";
import type { Backend } from "../backend.ts";
import { softwareVersion } from "../version.ts";

/** Which chain, subnet and keys this backend serves. */
export async function describeSystem(backend: Backend): Promise<SystemInfo> {
  const { genesis, netuid, mechid, audiences, signing, subnet } = backend;
  const { signer, certificate } = signing.current();
  const { block, hash } = subnet.current().metagraph.at;
  return {
    softwareVersion,
    genesis,
    netuid,
    mechid,
    audiences: [...audiences],
    snapshotKey: signer.address,
    certificate,
    finalised: { block, hash },
  };
}
