import { RPC_CODE, rpcError } from "../rpc/json-rpc.ts";
import { apis } from "../runtime/runtime.ts";
import { Reader } from "../scale/buffer.ts";
import { encode } from "../scale/type.ts";
import { apiHandlerOf } from "./handlers.ts";
import type { ApiView } from "./view.ts";

/** `state_call`: decodes the arguments, answers with the encoded result. */
export function callApi(name: string, input: Uint8Array, view: ApiView): Uint8Array {
  for (const api of apis) {
    const prefix = `${api.name}_`;
    const methodName = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    const method = Object.hasOwn(api.methods, methodName) ? api.methods[methodName] : undefined;
    if (method === undefined) continue;
    const args = method.readInput(new Reader(input));
    return encode(method.output, apiHandlerOf(api.name, methodName)(view, args));
  }
  const data = `Exported method ${name} is not found`;
  throw rpcError(RPC_CODE.runtimeCall, "Client error: Execution failed", data);
}
