import type { ApiErrorFacts } from "@assay/api";
import type { ClientErrorFacts } from "./errors.ts";

/** What happened, in one sentence for people; undefined where the facts are all there is to say. */
export function inWords(facts: ClientErrorFacts | ApiErrorFacts): string | undefined {
  switch (facts.code) {
    case "CLIENT_NO_SIGNER":
      return `${facts.path} is signed by a hotkey: make the client with a signer.`;
    case "CLIENT_NO_API_KEY":
      return `${facts.path} needs an API key: make the client with one.`;
    case "CLIENT_UNREACHABLE":
      return `There is no answer from ${facts.url} (${facts.reason}): look at the address, and whether the backend runs.`;
    case "CLIENT_TIMEOUT":
      return `${facts.path} was not answered within ${facts.timeoutMs} ms; whether it was carried out is not known.`;
    case "CLIENT_BAD_ANSWER":
      return `What answered ${facts.path} is no backend (${facts.reason}): look at the address, and at proxies before it.`;
    default:
      return undefined;
  }
}
