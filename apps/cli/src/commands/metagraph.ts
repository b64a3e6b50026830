import type { Chain } from "@assay/chain";
import { type Output, shortAddress } from "../output.ts";
import { plainTable } from "../table.ts";

type Wanted = { netuid: number; mechid: number; json: boolean; out: Output };

const HEAD = [
  "hotkey",
  "uid",
  "stake",
  "permit",
  "consensus",
  "incentive",
  "dividends",
  "vtrust",
  "emission",
  "updated",
];

/** Prints a subnet as the newest finalised block sees it: amounts in whole alpha, shares in per cent. */
export async function showMetagraph(chain: Chain, { netuid, mechid, json, out }: Wanted): Promise<void> {
  const { hash } = await chain.finalisedHead();
  const metagraph = await chain.metagraph(netuid, { mechid, at: hash });
  if (json) {
    out.result(
      JSON.stringify(metagraph, (_key, value) => (typeof value === "bigint" ? String(value) : value)),
    );
    return;
  }
  const { at, tempo, neurons, ownerHotkey } = metagraph;
  out.result(
    `subnet ${netuid}, mechanism ${mechid} at block ${at.block}: tempo ${tempo}, owner ${ownerHotkey}`,
  );
  const rows = neurons.map((neuron) => [
    shortAddress(neuron.hotkey),
    neuron.uid,
    whole(neuron.stakeRao),
    neuron.validatorPermit ? "yes" : "",
    ...[neuron.consensus, neuron.incentive, neuron.dividends, neuron.validatorTrust].map(percent),
    whole(neuron.emissionRao),
    neuron.lastUpdate,
  ]);
  out.result(plainTable(HEAD, rows));
}

const percent = (u16: number): string => (u16 === 0 ? "·" : `${((u16 / 65_535) * 100).toFixed(1)} %`);
const whole = (rao: bigint): string => (Number(rao) / 1e9).toFixed(3);
