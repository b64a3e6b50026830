import { hexToU8a, u8aConcat, u8aToHex } from "@polkadot/util";
import { ChainError } from "../errors.ts";
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
export function apiAccess({ registry, metadata, specVersion }: Runtime, [name, ...args]: ApiCall): ApiAccess {
  const [apiName, methodName] = name.split(".");
  const api = metadata.apis.find((candidate) => candidate.name.toString() === apiName);
  const method = api?.methods.find((candidate) => candidate.name.toString() === methodName);
  if (method?.inputs.length !== args.length) throw unsupported(name, specVersion);
  const encode = (arg: unknown, index: number) => {
    const type = method.inputs[index]?.type;
    if (type === undefined) throw unsupported(name, specVersion);
    return registry.createTypeUnsafe(registry.createLookupType(type), [arg]).toU8a();
  };
  const output = registry.createLookupType(method.output);
  return {
    method: name.replace(".", "_"),
    input: u8aToHex(u8aConcat(...args.map(encode))),
    decode: (bytes) => ({ item: name, value: registry.createTypeUnsafe(output, [hexToU8a(bytes)]).toJSON() }),
  };
}

function unsupported(name: string, specVersion: number): ChainError {
  const missing = `runtime API ${name}`;
  return new ChainError(
    { code: "CHAIN_RUNTIME_UNSUPPORTED", specVersion, missing },
    `Runtime ${specVersion} has no ${missing} as this version of Assay calls it`,
  );
}
