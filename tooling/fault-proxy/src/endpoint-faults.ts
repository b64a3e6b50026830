import type { Proxy } from "./proxy.ts";

/** Ways in which an endpoint fails. */
export const FAULTS = [
  "refused",
  "timeout",
  "reset",
  "black hole",
  "stale",
  "wrong genesis",
  "lagging",
] as const;

export type EndpointFault = (typeof FAULTS)[number];

const swallow = () => "swallow" as const;
const nothing = () => undefined;

const INFLICT: Readonly<Record<EndpointFault, (proxy: Proxy) => void>> = {
  refused: (proxy) => {
    proxy.isRefusing = true;
    proxy.cut();
  },
  timeout: (proxy) => {
    proxy.onAnswer = swallow;
  },
  reset: (proxy) => {
    proxy.onRequest = () => "cut";
  },
  "black hole": (proxy) => {
    proxy.onRequest = swallow;
    proxy.onAnswer = swallow;
    proxy.rewriteNews = nothing;
  },
  stale: (proxy) => {
    proxy.rewriteNews = nothing;
  },
  "wrong genesis": (proxy) => {
    proxy.rewrite = (method, result) => (method === "chain_getBlockHash" ? `0x${"ab".repeat(32)}` : result);
    proxy.cut();
  },
  lagging: (proxy) => {
    proxy.rewriteNews = (result) => ({ ...Object(result), number: "0x1" });
    proxy.cut();
  },
};

/** Faults that only the passing of time gives away, when nothing is being asked. */
export const SILENT: readonly EndpointFault[] = ["timeout", "reset", "black hole", "stale"];

/** Makes the endpoint behind the proxy fail from now on. */
export function inflict(proxy: Proxy, fault: EndpointFault): void {
  INFLICT[fault](proxy);
}

/** Lets everything pass again. */
export function heal(proxy: Proxy): void {
  proxy.isRefusing = false;
  proxy.onRequest = () => "pass";
  proxy.onAnswer = () => "pass";
  proxy.rewrite = (_method, result) => result;
  proxy.rewriteNews = (result) => result;
}
