import { accessSync, constants } from "node:fs";
import { parseArgs } from "node:util";
import { endpointOf, NETWORKS } from "@assay/chain/networks";
import { walletPath } from "@assay/chain/wallet";
import { Address, Mechid, Netuid, PPB } from "@assay/core";
import { z } from "zod";
import { ValidatorError } from "./errors.ts";
import { LOCAL_USES } from "./evaluators/pool.ts";
import { flagsOf, kebab, SILENCED, variable, variablesOf } from "./names.ts";

/** What a validator may be told to do. */
export const DutyName = z.enum(["weights", "evaluate", "challenge"], {
  error: ({ input }) => `${JSON.stringify(input)} is no duty; weights, evaluate and challenge are`,
});
export type DutyName = z.infer<typeof DutyName>;
export type WorkingDuty = Exclude<DutyName, "challenge">;

/** The duties that there is something to do for; each works alone. No competition has challenges in this version. */
export function workingDuties(duties: readonly DutyName[]): WorkingDuty[] {
  return duties.filter((duty) => duty !== "challenge");
}

const ReadableFile = z.string().refine(isReadable, "there is no readable file at this path");
const WholeNumber = z.string().regex(/^\d+$/, "expected a whole number").transform(Number);

const commaSeparated = z
  .string()
  .transform((list) => [...new Set(list.split(",").map((item) => item.trim()))]);

const NETWORK_NAMES = Object.keys(NETWORKS).join(", ");

const YesOrNo = z.enum(["yes", "no"]).transform((answer) => answer === "yes");

/** Per cent with up to seven decimals, as parts per billion. */
const Percent = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,7})?$/, "expected per cent, from 0 to 100")
  .transform((text) => Math.round((Number(text) * PPB) / 100))
  .pipe(z.int().max(PPB, "expected per cent, from 0 to 100"));

/** Every setting: `camelCase` here, `--kebab-case` as a flag, `ASSAY_UPPER_SNAKE` in the environment. */
export const SettingsGiven = z.object({
  backendUrl: z.url({ protocol: /^https?$/, hostname: /.+/ }),
  apiKeyFile: ReadableFile,
  /** The next is tried whenever one fails. */
  chainUrl: commaSeparated.pipe(z.array(z.url({ protocol: /^wss?$/, hostname: /.+/ })).min(1)).optional(),
  subtensorNetwork: z
    .string()
    .refine((name) => endpointOf(name) !== undefined, `expected ${NETWORK_NAMES} or an address`)
    .optional(),
  netuid: WholeNumber.pipe(Netuid),
  mechid: WholeNumber.pipe(Mechid).default(0),
  hotkeyFile: z.string().optional(),
  walletName: z.string().optional(),
  walletHotkey: z.string().optional(),
  walletPath: z.string().optional(),
  home: z.string().min(1).default(".assay"),
  duties: commaSeparated
    .pipe(
      z
        .array(DutyName)
        .refine(
          (duties) => workingDuties(duties).length > 0,
          "name weights or evaluate: challenge has nothing to do yet",
        ),
    )
    .default(["weights", "evaluate"]),
  authority: Address.nullable().default(null),
  sharedHotkey: YesOrNo.default(false),
  verify: z.enum(["off", "alarm", "refuse"]).default("off"),
  maxChange: Percent.nullable().default(null),
  metricsPort: WholeNumber.pipe(z.int().max(65_535)).nullable().default(null),
  metricsHost: z.string().min(1).default("127.0.0.1"),
  /** Where evaluators of other hosts join; null if nowhere. */
  evaluatorPort: WholeNumber.pipe(z.int().max(65_535)).nullable().default(null),
  evaluatorHost: z.string().min(1).default("127.0.0.1"),
  joinSecretFile: ReadableFile.nullable().default(null),
  localEvaluator: z.enum(LOCAL_USES).default("spare"),
  /** Episodes of each answer from elsewhere that this host plays again; 0 believes them. */
  spotCheck: WholeNumber.pipe(z.int().max(1_000)).default(2),
  logLevel: z.enum(["error", "warn", "info", "debug"]).default("info"),
  /** Longest pause before the first reconnection to the backend; it doubles with every failure. */
  reconnectPauseMs: WholeNumber.pipe(z.int().min(1).max(30_000)).default(1_000),
});

type Resolved = { chainUrl: string[]; hotkeyFile: string };
export type Settings = Omit<
  z.infer<typeof SettingsGiven>,
  "chainUrl" | "subtensorNetwork" | "hotkeyFile" | "walletName" | "walletHotkey" | "walletPath"
> &
  Resolved;

const NAMES = Object.keys(SettingsGiven.shape);
type Environment = Readonly<Record<string, string | undefined>>;

/** Reads flags over environment over defaults; throws VALIDATOR_SETTINGS_INVALID with every problem at once. */
export function readSettings(args: readonly string[], environment: Environment = process.env): Settings {
  const given = collect(args, environment);
  const parsed = SettingsGiven.safeParse(given);
  const chainUrl = chainUrlOf(given);
  const hotkeyFile = hotkeyFileOf(given);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, given))),
    ...(typeof chainUrl === "string" ? [chainUrl] : []),
    ...(isReadable(hotkeyFile) ? [] : [noHotkey(hotkeyFile)]),
    ...evaluatorProblems(given),
  ];
  if (!parsed.success || typeof chainUrl === "string" || problems.length > 0) throw invalid(problems);
  return { ...parsed.data, chainUrl, hotkeyFile };
}

/** What commands need that only touch the journal: where it lies, and whose hotkey it is. */
export function readPlace(
  args: readonly string[],
  environment: Environment = process.env,
): { home: string; hotkeyFile: string } {
  const given = collect(args, environment);
  return { home: given["home"] ?? ".assay", hotkeyFile: hotkeyFileOf(given) };
}

type Given = Record<string, string | undefined>;

/** Somebody who names a wallet or a network by a flag must not get another one from the environment. */
function collect(args: readonly string[], environment: Environment): Given {
  const flags = readFlags(args);
  const first = (texts: (string | undefined)[]) => texts.find((text) => text !== undefined && text !== "");
  const ofFlags = (name: string) => first(flagsOf(name).map((flag) => flags[flag]));
  const ofVariables = (name: string) => first(variablesOf(name).map((one) => environment[one]));
  const isSilenced = (name: string) => SILENCED[name]?.some((other) => ofFlags(other) !== undefined) ?? false;
  return Object.fromEntries(
    NAMES.map((name) => [name, ofFlags(name) ?? (isSilenced(name) ? undefined : ofVariables(name))]),
  );
}

/** The endpoints, or what is wrong; a problem of the list itself is told by its schema. */
function chainUrlOf({ chainUrl, subtensorNetwork }: Given): string[] | string {
  const parsed = SettingsGiven.shape.chainUrl.safeParse(chainUrl);
  if (!parsed.success) return [];
  const named = subtensorNetwork === undefined ? undefined : endpointOf(subtensorNetwork);
  if (parsed.data !== undefined) return parsed.data;
  if (named !== undefined) return [named];
  return subtensorNetwork === undefined
    ? `${variable("chainUrl")} (--chain-url, --subtensor.network): needed: endpoints, or the name of a network`
    : [];
}

/** Nobody joins without a secret, and somebody must evaluate. */
function evaluatorProblems({ evaluatorPort, joinSecretFile, localEvaluator }: Given): string[] {
  if (evaluatorPort === undefined)
    return localEvaluator === "never"
      ? [
          `${variable("localEvaluator")} (--local-evaluator): never, but without --evaluator-port nobody else can evaluate`,
        ]
      : [];
  return joinSecretFile === undefined
    ? [`${variable("joinSecretFile")} (--join-secret-file): is required with --evaluator-port`]
    : [];
}

function hotkeyFileOf({ hotkeyFile, walletName, walletHotkey, walletPath: path }: Given): string {
  return hotkeyFile ?? walletPath({ name: walletName, hotkey: walletHotkey, path });
}

function noHotkey(path: string): string {
  return `${variable("hotkeyFile")} (--hotkey-file, --wallet.name, --wallet.hotkey): there is no readable file ${path}`;
}

function readFlags(args: readonly string[]): Given {
  const names = NAMES.flatMap(flagsOf);
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw invalid([error instanceof Error ? error.message : String(error)]);
  }
}

function describe({ path, message }: z.core.$ZodIssue, given: Given): string {
  const name = String(path[0] ?? "");
  return `${variable(name)} (--${kebab(name)}): ${given[name] === undefined ? "is required" : message}`;
}

function invalid(problems: string[]): ValidatorError {
  const lines = problems.map((problem) => `  ${problem}`).join("\n");
  return new ValidatorError({ code: "VALIDATOR_SETTINGS_INVALID", problems }, `Settings:\n${lines}`);
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
