import { type Chain, ChainError } from "@assay/chain";
import type { Fuse } from "./fuse.ts";

/** What may happen to one call: it is never made, made but its answer lost, or its answer comes a block late. */
export type Trouble = "refused" | "lost" | "late";

export type Troubles = {
  /** What happens to this call. */
  next(method: string): Trouble | undefined;
  /** Hears of every answer the real chain gave. */
  answered(method: string): void;
  /** Resolves when the next block was made. */
  nextBlock(): Promise<void>;
};

type Call = (...args: unknown[]) => Promise<unknown>;
type Surroundings = { readonly fuse: Fuse; readonly troubles: Troubles };

/** Calls that wait for nothing or for ever. */
const UNTOUCHED = ["finalisedHeads", "close"];
const FOR_EVER = new Promise<never>(() => {});

/** The real chain, every call of which takes two steps of a life and may meet trouble on its way. */
export function mortalChain(real: Chain, surroundings: Surroundings): Chain {
  return new Proxy(real, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      const isCall = typeof value === "function" && !UNTOUCHED.includes(String(name));
      return isCall ? mortal(String(name), asCall(value), surroundings) : value;
    },
  });
}

function mortal(method: string, call: Call, { fuse, troubles }: Surroundings): Call {
  return async (...args) => {
    if (fuse.step()) return FOR_EVER;
    const trouble = troubles.next(method);
    if (trouble === "refused")
      throw new ChainError({ code: "CHAIN_UNREACHABLE", endpoint: "", reason: "refused by the test" });
    const answer = await call(...args).finally(() => troubles.answered(method));
    if (trouble === "late") await troubles.nextBlock();
    if (fuse.step()) return FOR_EVER;
    return trouble === "lost" ? lost(method) : answer;
  };
}

/** `submit` never throws once something was sent: it says that it does not know. */
function lost(method: string): unknown {
  if (method === "submit") return { kind: "unknown", reason: "lost by the test" };
  throw new ChainError({ code: "CHAIN_TIMEOUT", what: method, deadlineMs: 0 });
}

/** Every function of the interface but those left untouched answers with a promise. */
function asCall(value: object): Call {
  return value as Call;
}
