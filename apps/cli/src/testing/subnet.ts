import { type Chain, connectChain, type WeightRow } from "@assay/chain";
import { signerFromUri } from "@assay/chain/wallet";
import { type Devnet, developmentGenesis, startDevnet } from "@assay/devnet";

/** Subnet 1 of the development genesis: validators Bob, Charlie and Dave have uids 1 to 3, miners 4 and 5. */
export const NETUID = 1;

/** Blocks after which a validator may set weights. */
const RATE_LIMIT = 10;

/** What submitting says once the node has taken an extrinsic. */
const WAITING = "waiting for finalised blocks to decide";

/** A chain whose blocks are made by hand: left to a clock, an epoch would pay out while a test looks. */
export function startSubnet(): Promise<Devnet> {
  return startDevnet({ genesis: developmentGenesis(), blockMs: 0, port: 0 });
}

/** Sets weights of validators by name, one after the other, and waits until each is on chain. */
export async function setWeights(devnet: Devnet, rows: Readonly<Record<string, WeightRow>>): Promise<void> {
  let taken = () => {};
  const debug = (_facts: object, message: string) => {
    if (message === WAITING) taken();
  };
  const log = { debug, info: () => {}, warn: () => {} };
  const chain = await connectChain({ url: devnet.url, log });
  try {
    await devnet.newBlock(RATE_LIMIT + 1);
    for (const [name, row] of Object.entries(rows)) {
      const waiting = new Promise<void>((resolve) => (taken = resolve));
      const outcome = setRow(chain, { name, row });
      await Promise.race([waiting, outcome]);
      // One block that includes it, and one that finalises that.
      await devnet.newBlock(2);
      await outcome;
    }
  } finally {
    await chain.close();
  }
}

async function setRow(chain: Chain, { name, row }: { name: string; row: WeightRow }): Promise<void> {
  const signer = await signerFromUri(`//${name}//hotkey`);
  const request = { netuid: NETUID, mechid: 0, row, versionKey: 0n, signer };
  const { kind } = await chain.submit(await chain.signSetWeights(request));
  if (kind !== "set") throw new Error(`the weights of ${name} are ${kind}`);
}
