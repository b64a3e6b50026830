import { type Chain, connectChain, type WeightRow } from "@assay/chain";
import { signerFromUri } from "@assay/chain/wallet";
import { type Devnet, developmentGenesis, startDevnet } from "@assay/devnet";

/** Subnet 1 of the development genesis: validators Bob, Charlie and Dave have uids 1 to 3, miners 4 and 5. */
export const NETUID = 1;

/** Blocks after which a validator may set weights. */
const RATE_LIMIT = 10;

/** A chain that makes blocks by itself. */
export function startSubnet(): Promise<Devnet> {
  return startDevnet({ genesis: developmentGenesis(), blockMs: 50, port: 0 });
}

/** Sets weights of validators by name, and waits until all of them are on chain. */
export async function setWeights(url: string, rows: Readonly<Record<string, WeightRow>>): Promise<void> {
  const chain = await connectChain({ url });
  try {
    await reached(chain, RATE_LIMIT + 1);
    await Promise.all(Object.entries(rows).map(([name, row]) => setRow(chain, { name, row })));
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

async function reached(chain: Chain, block: number): Promise<void> {
  for await (const head of chain.finalisedHeads()) if (head.block >= block) return;
}
