import type { AppRouter } from "@assay/api";
import type { TRPCClient } from "@trpc/client";

type Contract = TRPCClient<AppRouter>;
type Noun = Extract<keyof Contract, string>;

/** What a procedure wants to be shown. */
export type Credential = "public" | "signed" | "key";
type TypeOf<Procedure> = Procedure extends { mutate: unknown }
  ? "mutation"
  : Procedure extends { query: unknown }
    ? "query"
    : "subscription";
/** How a procedure is called. */
export type Kind = `${Credential} ${"query" | "mutation" | "subscription"}`;

type Table = {
  [N in Noun]: { [V in keyof Contract[N]]: `${Credential} ${TypeOf<Contract[N][V]>}` };
};

/** Every procedure of the contract and how it is called; one that is missing or of another type does not compile. */
export const PROCEDURES = {
  artefacts: { get: "signed query" },
  audit: { list: "key query" },
  bans: { create: "key mutation", lift: "key mutation", list: "key query" },
  candidates: {
    list: "key query",
    get: "key query",
    compare: "key query",
    recommend: "key mutation",
    approve: "key mutation",
    reject: "key mutation",
    revoke: "key mutation",
  },
  competitions: {
    create: "key mutation",
    update: "key mutation",
    pause: "key mutation",
    resume: "key mutation",
    archive: "key mutation",
    list: "public query",
    get: "public query",
    thresholds: "public query",
  },
  cycles: { list: "public query", get: "public query" },
  jobs: {
    claim: "signed mutation",
    heartbeat: "signed mutation",
    release: "signed mutation",
    fail: "signed mutation",
  },
  keys: {
    create: "key mutation",
    list: "key query",
    rotate: "key mutation",
    revoke: "key mutation",
    request: "signed mutation",
    requests: "key query",
    grant: "key mutation",
    refuse: "key mutation",
    collect: "signed mutation",
    declareInterests: "key mutation",
  },
  leaderboards: { get: "public query" },
  leaders: { list: "public query", history: "key query" },
  results: { report: "signed mutation" },
  rules: { get: "public query", put: "key mutation" },
  scores: { list: "public query" },
  settings: { get: "key query", put: "key mutation" },
  snapshots: {
    latest: "key query",
    list: "public query",
    get: "public query",
    atBlock: "public query",
    inputs: "public query",
    subscribe: "key subscription",
  },
  submissions: {
    create: "signed mutation",
    list: "public query",
    get: "public query",
    explain: "public query",
    withdraw: "signed mutation",
    rerun: "key mutation",
  },
  system: { info: "public query" },
  validators: { heartbeat: "signed mutation", list: "key query" },
} as const satisfies Table;

type VerbOf<Procedure> = Procedure extends { mutate: infer Call }
  ? Call
  : Procedure extends { query: infer Call }
    ? Call
    : never;

type Verbs<N extends Noun> = {
  [V in keyof Contract[N] as TypeOf<Contract[N][V]> extends "subscription" ? never : V]: VerbOf<
    Contract[N][V]
  >;
};

/** Verbs by noun, as `client.submissions.create(input, { signal })`; subscriptions are not among them. */
export type Facade = { [N in Noun]: Verbs<N> };

/** How a procedure is called by its path; undefined if the contract does not have it. */
export function kindOf(path: string): Kind | undefined {
  const [noun = "", verb = ""] = path.split(".");
  const table: Record<string, Record<string, Kind>> = PROCEDURES;
  const verbs = Object.hasOwn(table, noun) ? table[noun] : undefined;
  return verbs !== undefined && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
}
