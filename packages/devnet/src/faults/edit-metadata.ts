import { metadata as codec } from "@polkadot-api/substrate-bindings";
import { DevnetError } from "../errors.ts";
import { type RuntimeVersion, runtimeVersionType } from "../pallets/system.ts";
import { recordedRuntime, type ServedRuntime } from "../runtime/served.ts";
import { bytesToHex, hexToBytes } from "../scale/hex.ts";
import { encode } from "../scale/type.ts";
import type { Upgrade } from "./fault.ts";

type Metadata = ReturnType<typeof codec.dec>;
type V16 = Extract<Metadata["metadata"], { tag: "v16" }>["value"];
type Named = { name: string };

/** A runtime after an upgrade; without a number its spec version is one higher. */
export function upgraded(current: ServedRuntime, upgrade: Upgrade): ServedRuntime {
  const base =
    upgrade.metadata === undefined ? current : recordedRuntime(hexToBytes(upgrade.metadata.toLowerCase()));
  const version: RuntimeVersion = {
    ...base.version,
    spec_version: upgrade.specVersion ?? current.version.spec_version + 1,
    transaction_version: upgrade.transactionVersion ?? base.version.transaction_version,
  };
  const whole = codec.dec(base.metadata);
  if (whole.metadata.tag !== "v16") throw impossible("only metadata of version 16 is edited");
  const { value } = whole.metadata;
  for (const path of upgrade.remove ?? []) edit(value, path, removal);
  for (const [path, name] of Object.entries(upgrade.rename ?? {})) edit(value, path, renaming(name));
  writeVersion(value, version);
  return { ...base, version, metadata: codec.enc(whole) };
}

/** Changes a freshly decoded list in place; whether it held the name. */
type Edit = (list: Named[], name: string) => boolean;

const removal: Edit = (list, name) => {
  const at = list.findIndex((one) => one.name === name);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
};

function renaming(to: string): Edit {
  return (list, name) => {
    const found = list.find((one) => one.name === name);
    if (found !== undefined) found.name = to;
    return found !== undefined;
  };
}

function edit(metadata: V16, path: string, change: Edit): void {
  const [owner = "", item = "", field] = path.split(".");
  const lists = field === undefined ? listsOf(metadata, owner) : fieldsOf(metadata, { owner, item });
  const done = lists.map((list) => change(list, field ?? item));
  if (!done.includes(true)) throw impossible(`the metadata has no ${path}`);
}

/** The lists of everything that a pallet or an API names. */
function listsOf(metadata: V16, owner: string): Named[][] {
  const pallet = metadata.pallets.find(({ name }) => name === owner);
  const api = metadata.apis.find(({ name }) => name === owner);
  if (pallet === undefined) return api === undefined ? [] : [api.methods];
  const enums = [pallet.calls, pallet.events, pallet.errors];
  return [
    pallet.storage?.items ?? [],
    pallet.constants,
    ...enums.map((one) => variantsOf(metadata, one?.type)),
  ];
}

function fieldsOf(metadata: V16, { owner, item }: { owner: string; item: string }): Named[][] {
  const pallet = metadata.pallets.find(({ name }) => name === owner);
  const variants = variantsOf(metadata, pallet?.calls?.type);
  return variants.flatMap(({ name, fields }) => (name === item ? [fields.filter(isNamed)] : []));
}

function variantsOf(metadata: V16, type: number | undefined) {
  const definition = type === undefined ? undefined : metadata.lookup[type]?.def;
  return definition?.tag === "variant" ? definition.value : [];
}

function isNamed<F extends { name?: string | undefined }>(field: F): field is F & Named {
  return field.name !== undefined;
}

function writeVersion(metadata: V16, version: RuntimeVersion): void {
  const system = metadata.pallets.find(({ name }) => name === "System");
  const constant = system?.constants.find(({ name }) => name === "Version");
  if (constant === undefined) throw impossible("the metadata names no System.Version");
  constant.value = bytesToHex(encode(runtimeVersionType, version)) as typeof constant.value;
}

function impossible(problem: string): DevnetError {
  return new DevnetError({ code: "DEVNET_FAULT_IMPOSSIBLE", problem }, problem);
}
