import { hexToU8a, u8aConcat, u8aToHex } from "@polkadot/util";
import { decoded, encoded, unsupported } from "./decoded.ts";
import type { Plain } from "./plain.ts";
import type { Runtime } from "./runtime.ts";

/** A runtime API call: its name as `Api.method`, and its arguments in order. */
export type ApiCall = readonly [name: string, ...args: unknown[]];

/** What to send for a runtime API call, and how its answer is read. */
export type ApiAccess = {
  readonly method: string;
  readonly input: string;
  readonly decode: (bytes: string) => Plain;
};

/** How to make one runtime API call under this runtime (metadata 15 and later declare them). */
export function apiAccess(runtime: Runtime, [name, ...args]: ApiCall): ApiAccess {
  const { registry, specVersion } = runtime;
  const { inputs, output } = methodOf(runtime, name);
  if (inputs.length !== args.length) throw unsupported(`runtime API ${name}`, specVersion);
  const encodeAll = () => inputs.map((type, index) => registry.createTypeUnsafe(type, [args[index]]).toU8a());
  const decodeAnswer = (bytes: string) => registry.createTypeUnsafe(output, [hexToU8a(bytes)]).toJSON();
  return {
    method: name.replace(".", "_"),
    input: u8aToHex(u8aConcat(...encoded(`runtime API ${name}`, specVersion, encodeAll))),
    decode: (bytes) => ({ item: name, value: decoded(name, () => decodeAnswer(bytes)) }),
  };
}

function methodOf({ registry, metadata, specVersion }: Runtime, name: string) {
  const [apiName, methodName] = name.split(".");
  const api = metadata.apis.find((candidate) => candidate.name.toString() === apiName);
  const method = api?.methods.find((candidate) => candidate.name.toString() === methodName);
  if (method === undefined) throw unsupported(`runtime API ${name}`, specVersion);
  const inputs = method.inputs.map(({ type }) => registry.createLookupType(type));
  return { inputs, output: registry.createLookupType(method.output) };
}
