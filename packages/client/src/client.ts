import type { SignedSnapshot } from "@assay/core";
import { agentVerbs, type FetchAgent, type SubmitAgent } from "./agents.ts";
import { buildFacade } from "./facade.ts";
import { httpCaller } from "./http.ts";
import type { Facade } from "./procedures.ts";
import { type ReportResult, resultVerbs } from "./results.ts";
import { type ClientOptions, readOptions } from "./settings.ts";
import { type SubscribeOptions, subscribeSnapshots } from "./snapshots.ts";

/** A backend as a miner, a validator or an admin sees it: verbs by noun. */
export type Client = Facade & {
  snapshots: Facade["snapshots"] & {
    subscribe: (options?: SubscribeOptions) => AsyncGenerator<SignedSnapshot, void, undefined>;
  };
  submitAgent: SubmitAgent;
  fetchAgent: FetchAgent;
  reportResult: ReportResult;
};

/** Makes a client; it connects when it is first used and holds nothing open between calls. */
export function createClient(options: ClientOptions): Client {
  const settings = readOptions(options);
  const facade = buildFacade(httpCaller(settings));
  const subscribe = (how?: SubscribeOptions) => subscribeSnapshots(settings, how);
  const helpers = { ...agentVerbs(facade, settings), ...resultVerbs(facade, settings) };
  return { ...facade, ...helpers, snapshots: { ...facade.snapshots, subscribe } };
}
