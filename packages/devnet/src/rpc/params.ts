import { RPC_CODE, rpcError } from "./json-rpc.ts";

export type Params = readonly unknown[];

/** A string parameter. */
export function text(params: Params, index: number): string {
  const value = params[index];
  if (typeof value !== "string") throw invalid(index, "a string");
  return value;
}

/** A string parameter that may be absent or null. */
export function optionalText(params: Params, index: number): string | undefined {
  const value = params[index];
  return value === undefined || value === null ? undefined : text(params, index);
}

/** A hex parameter in lower case, so that it compares with stored keys. */
export function hex(params: Params, index: number): string {
  return lowerHex(text(params, index), index);
}

export function hexList(params: Params, index: number): string[] {
  const value = params[index];
  if (!Array.isArray(value)) throw invalid(index, "a list of hex strings");
  return value.map((one: unknown) => {
    if (typeof one !== "string") throw invalid(index, "a list of hex strings");
    return lowerHex(one, index);
  });
}

/** A whole number, as JSON number or 0x-prefixed hex. */
export function wholeNumber(value: unknown, index: number): number {
  const number = typeof value === "string" && value.startsWith("0x") ? Number.parseInt(value, 16) : value;
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 0) {
    throw invalid(index, "a whole number");
  }
  return number;
}

function lowerHex(value: string, index: number): string {
  if (!/^0x(?:[0-9a-f]{2})*$/i.test(value)) throw invalid(index, "0x-prefixed hex");
  return value.toLowerCase();
}

function invalid(index: number, expected: string) {
  return rpcError(RPC_CODE.invalidParams, "Invalid params", `parameter ${index + 1} is not ${expected}`);
}
