import { RulesDocument } from "@assay/core";
import type { Command } from "commander";
import type { AccessFlags, BackendFlags } from "../access.ts";
import { readJson } from "../env.ts";
import { CliError, problemsIn } from "../errors.ts";
import type { CommandContext } from "../program.ts";
import { backendCommand, clientFor, publicClientFor, publicCommand } from "./options.ts";

/** Adds `rules`: the document that says how evaluations become weights. */
export function addRulesCommands(program: Command, { out }: CommandContext): void {
  const rules = publicCommand(program, "rules")
    .description("Print the rules in force, as JSON; those that are to replace them with --upcoming.")
    .option("--upcoming", "those that take over later", false)
    .action(async (flags: BackendFlags & { upcoming: boolean }) => {
      const inForce = await (await publicClientFor(flags)).rules.get();
      const document = flags.upcoming ? inForce.upcoming : inForce.rules;
      if (document === null) out.note("nothing is to replace the rules in force");
      else out.result(JSON.stringify(document, undefined, 2));
    });
  backendCommand(rules, "put")
    .description("Let a document take over at its fromBlock.")
    .argument("<file>", "the document, as JSON")
    .action(async (file: string, flags: AccessFlags) => {
      const next = documentIn(file);
      const client = await clientFor(flags);
      const { rules: now, upcoming } = await client.rules.get();
      await client.rules.put({ replaces: (upcoming ?? now).fromBlock, rules: next });
      out.result(`these rules take over at block ${next.fromBlock}`);
    });
}

function documentIn(file: string): RulesDocument {
  const parsed = RulesDocument.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  throw new CliError({ code: "CLI_USAGE" }, `${file}: ${problemsIn(parsed.error)}`);
}
