import { callRefusal, DevnetError } from "../errors.ts";
import { bytesToHex } from "../scale/hex.ts";
import { type Context, type DispatchFailure, type DispatchResult, transactional } from "./context.ts";
import { pallets } from "./runtime.ts";

/** Does one thing so that a refusal leaves no trace but its error. */
export function attempt(context: Context, work: (inner: Context) => void): DispatchResult {
  try {
    transactional(context, work);
    return undefined;
  } catch (error) {
    if (error instanceof DevnetError) return failureOf(error);
    throw error;
  }
}

/** The SCALE form of a refusal. */
function failureOf(error: DevnetError): DispatchFailure {
  const refused = callRefusal(error);
  if (refused !== undefined) return { tag: "Module", value: moduleError(refused.pallet, refused.error) };
  const facts: Readonly<Record<string, unknown>> = error.facts;
  switch (error.code) {
    case "DEVNET_BAD_ORIGIN":
      return { tag: "BadOrigin", value: undefined };
    case "DEVNET_CANNOT_LOOKUP":
      return { tag: "CannotLookup", value: undefined };
    case "DEVNET_TOKEN":
      return { tag: "Token", value: tokenOf(facts.token) };
    case "DEVNET_DECODE":
      // A result that does not fit its storage item's type, such as a sum above u64.
      return { tag: "Arithmetic", value: "Overflow" };
    default:
      throw error;
  }
}

type Token = Extract<DispatchFailure, { tag: "Token" }>["value"];

function tokenOf(token: unknown): Token {
  return token === "BelowMinimum" || token === "NotExpendable" ? token : "FundsUnavailable";
}

function moduleError(palletName: string, name: string): { index: number; error: string } {
  const pallet = pallets.find((candidate) => candidate.name === palletName);
  const index = pallet?.errors[name] ?? 0;
  return { index: pallet?.index ?? 0, error: bytesToHex(new Uint8Array([index, 0, 0, 0])) };
}
