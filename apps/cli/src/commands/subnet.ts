import { type Chain, connectChain } from "@assay/chain";
import { Address } from "@assay/core";
import type { Command } from "commander";
import { type BackendFlags, subnetOf } from "../access.ts";
import { type ChainFlags, chainUrls } from "../network.ts";
import type { Output } from "../output.ts";
import type { CommandContext } from "../program.ts";
import { signerFor, type WalletFlags } from "../wallet.ts";
import {
  chainCommand,
  parsedBy,
  publicClientFor,
  publicCommand,
  wholeNumber,
  withChain as withChainFlags,
  withWallet,
} from "./options.ts";

type Flags = ChainFlags & { netuid?: number };
type View = Flags & { mechid: number; json: boolean };
type Verify = Flags & BackendFlags & { json: boolean };
type Certify = Flags &
  WalletFlags & { key: string; fromBlock?: number; untilBlock?: number; days: number; out?: string };

const uidArgument = wholeNumber(0, 65_535);
const block = wholeNumber(0, 4_294_967_295);

/** Adds what reads or signs for a subnet on chain: `metagraph`, `explain`, `verify`, `authority`. */
export function addSubnetCommands(program: Command, { out }: CommandContext): void {
  view(program, "metagraph")
    .description("Show a subnet's neurons as the chain has them.")
    .action((flags: View) =>
      withChain(flags, async (chain) =>
        (await import("./metagraph.ts")).showMetagraph(chain, { ...flags, netuid: subnetOf(flags), out }),
      ),
    );
  view(program, "explain")
    .description("Explain incentives: every validator's stake, weight, clip and contribution.")
    .argument("[uid]", "one miner only", uidArgument)
    .action((uid: number | undefined, flags: View) =>
      withChain(flags, async (chain) => {
        const { readSubnetState } = await import("./explain/subnet-state.ts");
        const { explainSubnet } = await import("./explain/explain.ts");
        const state = await readSubnetState(chain, { netuid: subnetOf(flags), mechid: flags.mechid });
        explainSubnet(state, { uid, json: flags.json, out });
      }),
    );
  withChainFlags(publicCommand(program, "verify"))
    .description("Compute a snapshot again from its published inputs.")
    .argument("<version>", "version of the snapshot", wholeNumber(1, 2_147_483_647))
    .option("--json", "print JSON", false)
    .action((version: number, flags: Verify) =>
      withChain(flags, async (chain) => {
        const { verifyVersion } = await import("./verify.ts");
        await verifyVersion(
          { client: await publicClientFor(flags), chain },
          { version, json: flags.json, out },
        );
      }),
    );
  addAuthorityCommands(program, out);
}

function addAuthorityCommands(program: Command, out: Output): void {
  const authority = program.command("authority").description("Say who may sign for a subnet.");
  authority
    .command("create-key")
    .description("Make the key a backend signs snapshots with, and print its address.")
    .requiredOption("--out <file>", "where its secret goes (mode 600); an existing file is left alone")
    .action(async ({ out: file }: { out: string }) =>
      (await import("./authority.ts")).createSnapshotKey({ file, out }),
    );
  withWallet(chainCommand(authority, "certify"))
    .description("Sign, as the subnet's owner, which key may sign its snapshots.")
    .requiredOption("--key <ss58>", "address of the backend's snapshot key", parsedBy(Address))
    .option("--from-block <n>", "first block it holds for (default: now)", block)
    .option("--until-block <n>", "block it ends at, instead of --days", block)
    .option("--days <n>", "how long it holds, in days of 7,200 blocks", wholeNumber(1, 3650), 365)
    .option("--out <file>", "write it there instead of printing it; an existing file is left alone")
    .action((flags: Certify) =>
      withChain(flags, async (chain) => {
        const { key, days, fromBlock, untilBlock, out: file } = flags;
        const request = { netuid: subnetOf(flags), key, days, fromBlock, untilBlock };
        const { certify } = await import("./authority.ts");
        await certify(chain, { signer: await signerFor(flags), request, file, out });
      }),
    );
}

function view(program: Command, name: string): Command {
  return chainCommand(program, name)
    .option("--mechid <mechid>", "mechanism of the subnet", wholeNumber(0, 255), 0)
    .option("--json", "print JSON", false);
}

/** Connects for as long as the work takes. */
async function withChain(flags: Flags, work: (chain: Chain) => Promise<void>): Promise<void> {
  const chain = await connectChain({ url: chainUrls(flags) });
  try {
    await work(chain);
  } finally {
    await chain.close();
  }
}
