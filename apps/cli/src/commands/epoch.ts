import { type EpochOutput, epoch, epochOutputToJson, parseEpochFile } from "@assay/core";
import Table from "cli-table3";
import { readJson } from "../env.ts";
import type { Output } from "../output.ts";

/** Computes one Yuma epoch for each input of a file and prints the outputs: a JSON array, or tables for people. */
export function runEpochs(file: string, { json, out }: { json: boolean; out: Output }): void {
  const outputs = parseEpochFile(readJson(file)).map((input) => epoch(input));
  if (json) out.result(JSON.stringify(outputs.map(epochOutputToJson)));
  else for (const [index, output] of outputs.entries()) out.result(epochText(output, index));
}

function epochText(output: EpochOutput, index: number): string {
  const head = ["uid", "stake", "consensus", "incentive", "dividends", "vtrust", "emission rao"];
  const table = new Table({
    head,
    colAligns: head.map(() => "right"),
    style: { head: [], border: [], compact: true },
  });
  for (const [uid, stake] of output.stakeWeight.entries()) {
    const shares = [
      stake,
      output.consensus[uid],
      output.incentive[uid],
      output.dividends[uid],
      output.validatorTrust[uid],
    ];
    table.push([uid, ...shares.map((share) => share ?? 0), String(output.emission[uid] ?? 0n)]);
  }
  return `epoch ${index + 1} (u16, 65535 = 1)\n${table.toString()}`;
}
