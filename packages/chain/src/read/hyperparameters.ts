import { hexToString } from "@polkadot/util";
import { asHex } from "../runtime/metadata.ts";
import { amount, field, list, type Plain } from "../runtime/plain.ts";
import type { Hyperparameters, HyperparameterValue } from "../subnet.ts";
import { subnetUnknown } from "./subnet-unknown.ts";
import type { View } from "./view.ts";

/** Bits after the point of the fixed-point types, by the name of their variant. */
const FRACTION_BITS: Readonly<Record<string, number>> = { i32f32: 32, u64f64: 64 };

/** A subnet's hyperparameters by the runtime's own names, which may grow in number with each version. */
export async function readHyperparameters(view: View, netuid: number): Promise<Hyperparameters> {
  const answer = await view.call(["SubnetInfoRuntimeApi.get_subnet_hyperparams_v3", netuid]);
  if (answer.value === null) throw subnetUnknown({ netuid, mechid: 0, at: view.at });
  const entries = list(answer, (entry) => {
    const name = hexToString(asHex(field(entry, "name").value));
    return [name, parseValue(field(entry, "value"))] as const;
  });
  return { netuid, at: view.at, values: Object.fromEntries(entries) };
}

/** The runtime says of each value what it is; a kind that is not known is an error, not a guess. */
function parseValue({ item, value }: Plain): HyperparameterValue {
  const [kind = "", content] = Object.entries(Object(value))[0] ?? [];
  const inner = { item: `${item}.${kind}`, value: content };
  const fractionBits = FRACTION_BITS[kind.toLowerCase()];
  if (fractionBits !== undefined) return { bits: amount(field(inner, "bits")), fractionBits };
  return typeof content === "boolean" ? content : amount(inner);
}
