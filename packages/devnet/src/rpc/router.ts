import { setTimeout } from "node:timers/promises";
import type { Node } from "../node.ts";
import type { Keeper } from "../saved/keeper.ts";
import { authorMethods } from "./author-methods.ts";
import { chainMethods } from "./chain-methods.ts";
import { devMethods } from "./dev-methods.ts";
import { asRequest, failure, idOf, RPC_CODE, rpcError, success } from "./json-rpc.ts";
import type { Methods } from "./method.ts";
import { paymentMethods } from "./payment-methods.ts";
import type { Session } from "./session.ts";
import { stateMethods } from "./state-methods.ts";
import { systemMethods } from "./system-methods.ts";

const MAX_BATCH = 1_000;

/** Answers one text frame; whatever it holds, the answer is a frame too. */
export type Router = (text: string, session: Session) => unknown;

export function createRouter(node: Node, keeper: Keeper): Router {
  const methods: Methods = {
    ...authorMethods(node),
    ...chainMethods(node),
    ...devMethods(node, keeper),
    ...paymentMethods(node),
    ...stateMethods(node),
    ...systemMethods(node),
    rpc_methods: () => ({ version: 1, methods: standardMethods(methods) }),
  };
  return (text, session) => {
    const frame = parse(text);
    if (frame === undefined) return failure(null, rpcError(RPC_CODE.parse, "Parse error"));
    const fate = node.faults.takeAnswer(methodsOf(frame));
    return fated(fate, answerFrame(methods, frame, session));
  };
}

function answerFrame(methods: Methods, frame: unknown, session: Session): unknown {
  if (!Array.isArray(frame)) return answer(methods, frame, session);
  if (frame.length === 0 || frame.length > MAX_BATCH) {
    return failure(null, rpcError(RPC_CODE.invalidRequest, "Invalid request"));
  }
  return together(frame.map((one) => answer(methods, one, session)));
}

/** The methods a frame calls; those that steer the devnet itself are beyond its faults. */
function methodsOf(frame: unknown): string[] {
  const requests: unknown[] = Array.isArray(frame) ? frame : [frame];
  return requests.flatMap((one) => {
    const method: unknown =
      typeof one === "object" && one !== null && "method" in one ? one.method : undefined;
    return typeof method === "string" && !method.startsWith("dev_") ? [method] : [];
  });
}

/** A frame's answer as a fault leaves it: undefined is none at all. */
function fated(fate: "lost" | number, answered: unknown): unknown {
  if (fate === "lost") return undefined;
  return fate === 0 ? answered : setTimeout(fate, answered, { ref: false });
}

/** Without dev_*: clients warn of every listed method they do not know. */
function standardMethods(methods: Methods): string[] {
  return Object.keys(methods)
    .filter((name) => !name.startsWith("dev_"))
    .sort();
}

function answer(methods: Methods, value: unknown, session: Session): unknown {
  try {
    const { id, method, params } = asRequest(value);
    const handle = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (handle === undefined) throw rpcError(RPC_CODE.methodNotFound, "Method not found", method);
    const result = handle(params, session);
    if (!(result instanceof Promise)) return success(id, result);
    return result.then(
      (value) => success(id, value),
      (error: unknown) => failure(id, error),
    );
  } catch (error) {
    return failure(idOf(value), error);
  }
}

/** A batch is answered when the last of it is. */
function together(answers: readonly unknown[]): unknown {
  return answers.some((one) => one instanceof Promise) ? Promise.all(answers) : answers;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller answers with JSON-RPC's own parse error.
    return undefined;
  }
}
