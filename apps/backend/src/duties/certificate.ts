import { type Backend, blockOf } from "../backend.ts";
import { periodOf } from "../signing.ts";
import type { Duty } from "./duty.ts";
import { CERTIFICATE } from "./names.ts";

const INTERVAL_MS = 600_000;
/** About a week: time enough to find the owner of the subnet. */
const WARN_BLOCKS = 50_400;

/** Blocks in which validators still accept what this backend signs; zero or less if they no longer, or not yet, do. */
export function certificateBlocksLeft(backend: Backend): number {
  const { fromBlock, untilBlock } = periodOf(backend.signing.current().certificate);
  const block = blockOf(backend);
  return block < fromBlock ? 0 : untilBlock - block;
}

/** Says, ever again, that the certificate of the snapshot key is about to run out, has done so, or is another owner's. */
export function certificateDuty(backend: Backend): Duty {
  return {
    name: CERTIFICATE,
    intervalMs: INTERVAL_MS,
    run: async () => {
      const { signing, log, subnet } = backend;
      const { ownerHotkey: owner } = subnet.current().metagraph;
      const { ownerHotkey: certifiedBy } = signing.current().certificate;
      const blocksLeft = certificateBlocksLeft(backend);
      if (certifiedBy !== owner)
        log.error({ certifiedBy, owner }, "the certificate is not by the subnet's owner");
      if (blocksLeft <= 0)
        log.error({ blocksLeft }, "the certificate is not in force: validators refuse snapshots");
      else if (blocksLeft < WARN_BLOCKS)
        log.warn(
          { blocksLeft },
          "the certificate runs out: have the owner certify a key and put the new certificate in its place",
        );
    },
  };
}
