import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { parseArgs } from "node:util";
import { z } from "zod";
import { EvaluatorError } from "../errors.ts";
import { joinUrlProblem } from "./join-url.ts";
import { joinSecret } from "./protocol.ts";

/** Every setting: `camelCase` here, `--kebab-case` as a flag, `ASSAY_UPPER_SNAKE` in the environment. */
const Given = z.object({
  join: z.string(),
  joinSecretFile: z.string(),
  evaluatorName: z
    .string()
    .regex(/^[\w.-]{1,64}$/, "expected up to 64 letters, digits, dots, dashes")
    .default(
      () =>
        hostname()
          .replace(/[^\w.-]/g, "-")
          .slice(0, 64) || "evaluator",
    ),
  allowPlain: z.stringbool().default(false),
  logLevel: z.enum(["error", "warn", "info", "debug"]).default("info"),
});

export type Settings = Omit<z.infer<typeof Given>, "joinSecretFile" | "allowPlain"> & {
  /** Never in a message, a log line or the list of processes. */
  readonly secret: string;
};

export const SETTING_NAMES: readonly string[] = Object.keys(Given.shape);
const SWITCHES: readonly string[] = ["allowPlain"];
type Environment = Readonly<Record<string, string | undefined>>;

/** Reads flags over environment over defaults; throws EVALUATOR_SETTINGS_INVALID with every problem at once. */
export function readSettings(args: readonly string[], environment: Environment = process.env): Settings {
  const flags = readFlags(args);
  const given = SETTING_NAMES.map((name) => [
    name,
    flags[kebab(name)] ?? (environment[variable(name)] || undefined),
  ]);
  const parsed = Given.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw invalid(parsed.error.issues.map(describe));
  const { joinSecretFile, allowPlain, ...settings } = parsed.data;
  const urlProblem = joinUrlProblem(settings.join, { allowPlain });
  const secret = secretIn(joinSecretFile);
  const problems = [
    ...(urlProblem === undefined ? [] : [told("join", urlProblem)]),
    ...(typeof secret === "string" ? [] : [told("joinSecretFile", secret.problem)]),
  ];
  if (typeof secret !== "string" || problems.length > 0) throw invalid(problems);
  return { ...settings, secret };
}

/** Name of a setting in the environment. */
export function variable(name: string): string {
  return `ASSAY_${kebab(name).replaceAll("-", "_").toUpperCase()}`;
}

function secretIn(file: string): string | { problem: string } {
  try {
    return (
      joinSecret(readFileSync(file, "utf8")) ?? {
        problem: `${file} does not hold 32 to 256 printable characters`,
      }
    );
  } catch {
    return { problem: `there is no readable file ${file}` };
  }
}

function readFlags(args: readonly string[]): Record<string, string | undefined> {
  const type = (name: string) => (SWITCHES.includes(name) ? "boolean" : "string") as "boolean" | "string";
  const options = Object.fromEntries(SETTING_NAMES.map((name) => [kebab(name), { type: type(name) }]));
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    throw invalid([error instanceof Error ? error.message : String(error)]);
  }
}

function describe({ path, message, code }: z.core.$ZodIssue): string {
  const isMissing = code === "invalid_type" && message.includes("undefined");
  return told(String(path[0] ?? ""), isMissing ? "is required" : message);
}

function told(name: string, problem: string): string {
  return `${variable(name)} (--${kebab(name)}): ${problem}`;
}

function invalid(problems: string[]): EvaluatorError {
  const lines = problems.map((problem) => `  ${problem}`).join("\n");
  return new EvaluatorError({ code: "EVALUATOR_SETTINGS_INVALID", problems }, `Settings:\n${lines}`);
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
