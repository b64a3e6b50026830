import { type Chain, ChainError, type Metagraph } from "@assay/chain";
import { verifySignature } from "@assay/chain/wallet";
import type { Client } from "@assay/client";
import {
  openSnapshot,
  type RecomputedSnapshot,
  type SnapshotBody,
  SnapshotInputs,
  verifySnapshot,
} from "@assay/core";
import { CliError } from "../errors.ts";
import type { Output } from "../output.ts";

type Question = { version: number; json: boolean; out: Output };

/** Computes a snapshot again from its published inputs, and holds signatures and inputs against the chain. */
export async function verifyVersion(
  { client, chain }: { client: Client; chain: Chain },
  { version, json, out }: Question,
): Promise<void> {
  const [signed, { inputs }] = await Promise.all([
    client.snapshots.get({ version }),
    client.snapshots.inputs({ version }),
  ]);
  const body = await openAsValidator(chain, signed);
  const recomputed = await verifySnapshot(body, inputs);
  const isOnChain = await heldAgainstChain(chain, SnapshotInputs.parse(JSON.parse(inputs)));
  if (json) out.result(JSON.stringify({ version, vectorHash: body.vectorHash, isOnChain, ...recomputed }));
  else out.result(sentences(recomputed, { isOnChain, signedBy: signed.key }));
}

/** Signed by a key that the subnet's owner, as the chain names it, has certified. */
async function openAsValidator(
  chain: Chain,
  signed: Awaited<ReturnType<Client["snapshots"]["get"]>>,
): Promise<SnapshotBody> {
  const { netuid, mechid } = JSON.parse(signed.body) as Pick<SnapshotBody, "netuid" | "mechid">;
  const { hash, block } = await chain.finalisedHead();
  const { ownerHotkey } = await chain.metagraph(netuid, { at: hash });
  const { genesisHash: genesis } = chain;
  return openSnapshot({ signed, verify: verifySignature, ownerHotkey, genesis, netuid, mechid, block });
}

/** Whether the inputs are what the chain said at their block; false if the node no longer has that block's state. */
async function heldAgainstChain(chain: Chain, inputs: SnapshotInputs): Promise<boolean> {
  const metagraph = await metagraphAt(chain, inputs);
  if (metagraph === undefined) return false;
  const { tempo, ownerHotkey, neurons } = metagraph;
  const slots = new Set(neurons.map(({ hotkey }) => hotkey));
  const leaders = inputs.competitions.flatMap(({ leader }) => leader?.hotkey ?? []);
  const registered = [...new Set(leaders)].filter((hotkey) => slots.has(hotkey)).sort();
  assertSame("tempo", inputs.tempo, tempo);
  assertSame("ownerHotkey", inputs.ownerHotkey, ownerHotkey);
  assertSame("registered", inputs.registered.join(", "), registered.join(", "));
  return true;
}

async function metagraphAt(chain: Chain, { block, rules }: SnapshotInputs): Promise<Metagraph | undefined> {
  const at = await chain.blockHash(block);
  if (at === undefined) return undefined;
  try {
    return await chain.metagraph(rules.netuid, { at });
  } catch (error) {
    if (error instanceof ChainError) return undefined;
    throw error;
  }
}

function assertSame(field: string, published: string | number, onChain: string | number): void {
  if (published === onChain) return;
  const message = `the inputs say ${field} is ${published}, the chain said ${onChain}`;
  throw new CliError({ code: "CLI_INPUTS_NOT_ON_CHAIN", field, published, onChain }, message);
}

function sentences(
  { body, vector, unregistered }: RecomputedSnapshot,
  { isOnChain, signedBy }: { isOnChain: boolean; signedBy: string },
): string {
  const paid = vector?.entries.map(({ hotkey, share }) => `  ${percent(share)} to ${hotkey}`) ?? [];
  return [
    `snapshot ${body.version} of block ${body.block} follows from its inputs; signed by ${signedBy} as the owner certified`,
    isOnChain
      ? "its inputs are what the chain said"
      : "this node no longer knows that block: the inputs were not held against it",
    ...paid,
    vector === null ? "  the rest is decided by validators" : `  ${percent(vector.burn)} burns`,
    ...(unregistered.length > 0 ? [`not registered: ${unregistered.join(", ")}`] : []),
  ].join("\n");
}

const percent = (ppb: number): string => `${(ppb / 1e7).toFixed(2)} %`;
