import { Mechid, Netuid } from "@assay/core";
import { z } from "zod";
import { BackendError } from "./errors.ts";

const seconds = z.coerce.number().int().min(1).max(86_400);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, hostname: /.*/, error: "expected postgres://…" });
const chainUrl = z.url({ protocol: /^wss?$/, error: "expected ws://… or wss://…" });

const Origins = z
  .string()
  .transform((list) => list.split(",").map((origin) => origin.trim()))
  .pipe(z.array(z.string().refine(isOrigin, "expected origins such as https://assay.example.org")));

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

const wholeNumber = z.coerce.number();

const Environment = z.object({
  DATABASE_URL: postgresUrl,
  ASSAY_CHAIN_URL: chainUrl,
  ASSAY_NETUID: wholeNumber.pipe(Netuid),
  ASSAY_MECHID: wholeNumber.pipe(Mechid).default(0),
  ASSAY_HOST: z.string().default("127.0.0.1"),
  ASSAY_PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  ASSAY_PUBLIC_URL: Origins.optional(),
  ASSAY_HOME: z.string().default(".assay"),
  ASSAY_SNAPSHOT_KEY_FILE: z.string(),
  ASSAY_SNAPSHOT_CERTIFICATE_FILE: z.string(),
  ASSAY_SCORE_INTERVAL_SECONDS: seconds.default(300),
  ASSAY_BROADCAST_INTERVAL_SECONDS: seconds.default(600),
  ASSAY_LEASE_SECONDS: seconds.default(120),
  ASSAY_METAGRAPH_MAX_AGE_SECONDS: seconds.default(180),
  ASSAY_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).max(10_000_000).default(6_000),
  ASSAY_HOTKEY_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).max(10_000_000).default(1_200),
  ASSAY_PROXY_HOPS: z.coerce.number().int().min(0).max(8).default(0),
  ASSAY_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  ASSAY_METRICS_HOST: z.string().default("127.0.0.1"),
  ASSAY_LOG_LEVEL: z.enum(["error", "warn", "info", "debug"]).default("info"),
});

/** Names other subnets know a setting by. */
const ALIASES = {
  ASSAY_SCORE_EVALUATION_INTERVAL: "ASSAY_SCORE_INTERVAL_SECONDS",
  ASSAY_WEIGHT_BROADCAST_INTERVAL: "ASSAY_BROADCAST_INTERVAL_SECONDS",
} as const satisfies Record<string, keyof z.infer<typeof Environment>>;

/** Every variable the backend reads, aliases included. */
export const SETTING_NAMES: readonly string[] = [...Object.keys(Environment.shape), ...Object.keys(ALIASES)];

export type Settings = {
  readonly databaseUrl: string;
  readonly chainUrl: string;
  readonly netuid: number;
  readonly mechid: number;
  readonly host: string;
  readonly port: number;
  /** Origins a signed request may name; empty for the loopback names of the port. */
  readonly publicUrls: readonly string[];
  readonly home: string;
  readonly snapshotKeyFile: string;
  readonly snapshotCertificateFile: string;
  readonly scoreIntervalSeconds: number;
  readonly broadcastIntervalSeconds: number;
  readonly leaseSeconds: number;
  readonly metagraphMaxAgeSeconds: number;
  /** Most requests of one address in a minute. */
  readonly requestsPerMinute: number;
  /** Most signed requests of one hotkey in a minute. */
  readonly hotkeyRequestsPerMinute: number;
  /** Trusted proxies in front of the backend. */
  readonly proxyHops: number;
  /** Where metrics are answered; null for nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  readonly logLevel: "error" | "warn" | "info" | "debug";
};

/** Reads every setting; all problems are reported at once as API_SETTINGS_INVALID. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const conflicts = applyAliases(set);
  const parsed = Environment.safeParse(set);
  const problems = [...conflicts, ...(parsed.error?.issues ?? []).map((issue) => describe(issue, set))];
  if (parsed.success && problems.length === 0) return toSettings(parsed.data);
  throw new BackendError(
    { code: "API_SETTINGS_INVALID", problems },
    `The settings are not valid:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
  );
}

function applyAliases(set: Record<string, string | undefined>): string[] {
  return Object.entries(ALIASES).flatMap(([alias, name]) => {
    const value = set[alias];
    if (value === undefined) return [];
    if (set[name] !== undefined && set[name] !== value) return [`${alias} and ${name} disagree`];
    set[name] = value;
    return [];
  });
}

function describe({ path, message }: z.core.$ZodIssue, set: Record<string, string | undefined>): string {
  const name = String(path[0]);
  return `${name}: ${set[name] === undefined ? "is required" : message}`;
}

function toSettings(env: z.infer<typeof Environment>): Settings {
  return {
    databaseUrl: env.DATABASE_URL,
    chainUrl: env.ASSAY_CHAIN_URL,
    netuid: env.ASSAY_NETUID,
    mechid: env.ASSAY_MECHID,
    host: env.ASSAY_HOST,
    port: env.ASSAY_PORT,
    publicUrls: env.ASSAY_PUBLIC_URL ?? [],
    home: env.ASSAY_HOME,
    snapshotKeyFile: env.ASSAY_SNAPSHOT_KEY_FILE,
    snapshotCertificateFile: env.ASSAY_SNAPSHOT_CERTIFICATE_FILE,
    scoreIntervalSeconds: env.ASSAY_SCORE_INTERVAL_SECONDS,
    broadcastIntervalSeconds: env.ASSAY_BROADCAST_INTERVAL_SECONDS,
    leaseSeconds: env.ASSAY_LEASE_SECONDS,
    metagraphMaxAgeSeconds: env.ASSAY_METAGRAPH_MAX_AGE_SECONDS,
    requestsPerMinute: env.ASSAY_REQUESTS_PER_MINUTE,
    hotkeyRequestsPerMinute: env.ASSAY_HOTKEY_REQUESTS_PER_MINUTE,
    proxyHops: env.ASSAY_PROXY_HOPS,
    metrics: metricsAt(env),
    logLevel: env.ASSAY_LOG_LEVEL,
  };
}

function metricsAt({
  ASSAY_METRICS_HOST: host,
  ASSAY_METRICS_PORT: port,
}: z.infer<typeof Environment>): Settings["metrics"] {
  return port === undefined ? null : { host, port };
}
