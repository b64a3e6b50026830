import { ValidatorError } from "./errors.ts";

/** What the program was asked for: a command, what stands behind it, its own switches, and settings. */
export type CommandLine = {
  readonly command: Command;
  readonly operand: string | undefined;
  readonly switches: ReadonlySet<string>;
  readonly settings: readonly string[];
};

const COMMANDS = [
  "run",
  "doctor",
  "status",
  "recover",
  "export",
  "import",
  "pause",
  "resume",
  "receipts",
  "dry-run",
] as const;
export type Command = (typeof COMMANDS)[number];

const DRY_RUN = "--dry-run";

/** Commands that take one word more. */
const WITH_OPERAND: ReadonlySet<string> = new Set(["export", "import", "pause"]);
const NEEDS_OPERAND: ReadonlySet<string> = new Set(["export", "import"]);
const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  status: ["--watch", "--json"],
  doctor: ["--json"],
};

/** Takes the arguments apart; without a command it is `run`. Throws VALIDATOR_USAGE. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const [first] = args;
  if (first === undefined || first.startsWith("-")) return running(args);
  const command = COMMANDS.find((name) => name === first);
  if (command === undefined)
    throw usage(first, `There is no command ${first}; there are ${COMMANDS.join(", ")}.`);
  return command === "run" ? running(args.slice(1)) : taken(command, args.slice(1));
}

/** Who only wants to see what would be sent may say so by a flag; then nothing runs. */
function running(args: readonly string[]): CommandLine {
  const rest = args.filter((arg) => arg !== DRY_RUN);
  return taken(rest.length < args.length ? "dry-run" : "run", rest);
}

function taken(command: Command, rest: readonly string[]): CommandLine {
  const [word] = rest;
  const hasOperand = WITH_OPERAND.has(command) && word !== undefined && !word.startsWith("-");
  if (NEEDS_OPERAND.has(command) && !hasOperand) throw usage(command, `${command} needs the name of a file.`);
  const others = hasOperand ? rest.slice(1) : rest;
  const own = SWITCHES[command] ?? [];
  return {
    command,
    operand: hasOperand ? word : undefined,
    switches: new Set(others.filter((arg) => own.includes(arg))),
    settings: others.filter((arg) => !own.includes(arg)),
  };
}

function usage(argument: string, message: string): ValidatorError {
  return new ValidatorError({ code: "VALIDATOR_USAGE", argument }, message);
}
