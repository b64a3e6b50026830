import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { verifySignature } from "@assay/chain/wallet";
import type { Client } from "@assay/client";
import type { Receipt } from "@assay/core";
import { homeFolder } from "../env.ts";
import type { Output } from "../output.ts";
import { type Agent, assertKindFor } from "./agent-kind.ts";

type Submitting = { agent: Agent; competition: string; json: boolean; out: Output };

/** Submits an agent, checks the backend's receipt and keeps it; one of the wrong kind would cost the miner a try. */
export async function submitAgent(
  client: Client,
  { agent, competition, json, out }: Submitting,
): Promise<void> {
  const { artefact } = agent;
  assertKindFor((await client.competitions.get({ id: competition })).task, agent);
  const { snapshotKey: backendKey } = await client.system.info();
  const accepted = await client.submitAgent(artefact, competition, { verify: verifySignature, backendKey });
  const { submission, receipt } = accepted;
  const receiptFile = await keepReceipt(submission.id, receipt);
  if (json) out.result(JSON.stringify({ ...accepted, receiptFile }));
  else out.result(`submitted ${submission.id} as ${submission.hotkey}; its receipt is ${receiptFile}`);
}

/** Keeps a receipt, which can prove that a submission was lost: whole or not at all. */
async function keepReceipt(id: string, receipt: Receipt): Promise<string> {
  const folder = join(homeFolder(), "receipts");
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${id}.json`);
  await writeFile(`${path}.new`, `${JSON.stringify(receipt, null, 2)}\n`, { flush: true });
  await rename(`${path}.new`, path);
  return path;
}
