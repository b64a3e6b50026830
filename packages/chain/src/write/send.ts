import { factsOf } from "../errors.ts";
import type { Link } from "../rpc/link.ts";
import { isObject } from "../rpc/message.ts";
import { type PoolAnswer, poolAnswer } from "./pool-errors.ts";

/** What is known right after sending. `lost`: the node may or may not have it. */
export type Sent =
  | { readonly kind: "watched"; readonly stop: () => void }
  | PoolAnswer
  | { readonly kind: "lost"; readonly message: string };

/** Words of a pool after which waiting on it is pointless, though another node may still include the extrinsic. */
const GIVEN_UP = ["invalid", "dropped", "usurped"];

/** Hands a signed extrinsic to the node, once; throws only if there was no node to hand it to. */
export async function send(link: Link, hex: string, onGivenUp: (status: string) => void): Promise<Sent> {
  const socket = await link.connection();
  const watch = {
    method: "author_submitAndWatchExtrinsic",
    params: [hex],
    unsubscribe: "author_unwatchExtrinsic",
    onNews: (status: unknown) => {
      const word = statusWord(status);
      if (GIVEN_UP.includes(word)) onGivenUp(word);
    },
  };
  try {
    return { kind: "watched", stop: await socket.subscribe(watch, link.deadlineMs) };
  } catch (error) {
    const refused = factsOf(error, "CHAIN_RPC_REFUSED");
    if (refused !== undefined) return poolAnswer(refused.rpcCode, refused.reason);
    return { kind: "lost", message: error instanceof Error ? error.message : String(error) };
  }
}

/** A pool's status is a word, or an object whose only key is the word. */
function statusWord(status: unknown): string {
  if (typeof status === "string") return status;
  return isObject(status) ? (Object.keys(status)[0] ?? "") : "";
}
