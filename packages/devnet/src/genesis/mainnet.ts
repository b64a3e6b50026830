import { DevnetError } from "../errors.ts";

/** Block 0 of Bittensor's mainnet (finney). */
const MAINNET_GENESIS = "0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03";

/** A local chain must never be mistaken for mainnet: signatures made here would be valid there. */
export function refuseMainnet(genesisHash: string): void {
  if (genesisHash !== MAINNET_GENESIS) return;
  const message = "this genesis is mainnet's; a devnet does not start with it";
  throw new DevnetError({ code: "DEVNET_MAINNET_GENESIS", genesisHash }, message);
}
