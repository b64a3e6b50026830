import { hexToU8a } from "@polkadot/util";
import { expect, inject, test } from "vitest";
import { fetchMetadata } from "../runtime/metadata.ts";
import { startLocal } from "./local-chain.ts";
import { openNode } from "./node.ts";
import { SERVED_METADATA } from "./served-metadata.ts";

test.skipIf(inject("servedMetadata") === null)(
  "every test with a node runs against mainnet's recorded metadata (needs ASSAY_RECORDED_DATA)",
  async () => {
    const devnet = await startLocal();
    const { link } = openNode(devnet.url);
    const served = hexToU8a(await fetchMetadata(link, devnet.genesisHash));
    expect(Buffer.from(served).equals(SERVED_METADATA.metadata ?? new Uint8Array())).toBe(true);
    await link.close();
    await devnet.close();
  },
);
