import { hotkeysOf, mechanismExists, storageIndex } from "../subtensor/neurons.ts";
import type { FieldReaders, MetagraphOf } from "./metagraph-fields.ts";
import { neuronFields } from "./metagraph-neurons.ts";
import { subnetFields } from "./metagraph-subnet.ts";
import {
  type MetagraphValue,
  SELECTABLE_FIELDS,
  type SelectableField,
  type SelectiveMetagraphValue,
} from "./metagraph-types.ts";
import type { ApiView } from "./view.ts";

type Target = { readonly netuid: number; readonly mecid: number };

const readers: FieldReaders<SelectableField> = { ...subnetFields, ...neuronFields };

/** `get_metagraph`, `get_mechagraph`: all fields; undefined without such a subnet. */
export function metagraph(view: ApiView, target: Target): MetagraphValue | undefined {
  const of = resolve(view, target);
  if (of === undefined) return undefined;
  const fields = SELECTABLE_FIELDS.map((name) => [name, readers[name](view, of)]);
  return asMetagraph({ netuid: of.index, ...Object.fromEntries(fields) });
}

/** `get_selective_metagraph`: the netuid and the fields whose indices are given; unknown indices are ignored. */
export function selectiveMetagraph(
  view: ApiView,
  target: Target & { readonly indices: readonly number[] },
): SelectiveMetagraphValue | undefined {
  const of = resolve(view, target);
  if (of === undefined) return undefined;
  const chosen = target.indices.flatMap((index) => SELECTABLE_FIELDS[index - 1] ?? []);
  const fields = chosen.map((name) => [name, readers[name](view, of)]);
  return asSelective({ netuid: of.index, ...Object.fromEntries(fields) });
}

/** The netuid of a mechanism's graph is its storage index. */
function resolve({ state }: ApiView, { netuid, mecid }: Target): MetagraphOf | undefined {
  if (!mechanismExists(state, netuid, mecid)) return undefined;
  return { netuid, index: storageIndex(netuid, mecid), hotkeys: hotkeysOf(state, netuid) };
}

/** Every field was read above by its own reader. */
function asMetagraph(fields: unknown): MetagraphValue {
  return fields as MetagraphValue;
}

/** Fields that were not chosen are absent, which is how an option says none. */
function asSelective(fields: unknown): SelectiveMetagraphValue {
  return fields as SelectiveMetagraphValue;
}
