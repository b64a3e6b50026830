import type { Call, CallOptions } from "./http.ts";
import { type Facade, type Kind, PROCEDURES } from "./procedures.ts";

type Verb = (input?: unknown, options?: CallOptions) => Promise<unknown>;

/** Makes `client.<noun>.<verb>` of every procedure that is not a subscription. */
export function buildFacade(call: Call): Facade {
  const nouns = Object.entries<Record<string, Kind>>(PROCEDURES);
  return asFacade(Object.fromEntries(nouns.map(([noun, verbs]) => [noun, verbsOf(noun, { verbs, call })])));
}

function verbsOf(
  noun: string,
  { verbs, call }: { verbs: Record<string, Kind>; call: Call },
): Record<string, Verb> {
  const callable = Object.entries(verbs).filter(([, kind]) => !kind.endsWith(" subscription"));
  const entries = callable.map(([verb]): [string, Verb] => [
    verb,
    (input, options) => call(`${noun}.${verb}`, input, options),
  ]);
  return Object.fromEntries(entries);
}

/** The type is computed from the contract, the value from the table that the contract's type holds complete. */
function asFacade(value: unknown): Facade {
  return value as Facade;
}
