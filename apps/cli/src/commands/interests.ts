import { Address } from "@assay/core";
import type { Command } from "commander";
import type { AccessFlags } from "../access.ts";
import { show } from "../output.ts";
import type { CommandContext } from "../program.ts";
import { backendCommand, clientFor, parsedBy, withJson } from "./options.ts";

const address = parsedBy(Address);

/** Adds `interests`: in whom a reviewer or admin has a stake. */
export function addInterestsCommand(program: Command, { out }: CommandContext): void {
  withJson(backendCommand(program, "interests"))
    .description("Declare hotkeys and coldkeys you have a stake in: you may not approve for them.")
    .argument("<address...>", "SS58 addresses", (text: string, before: string[] | undefined) => [
      ...(before ?? []),
      address(text),
    ])
    .action(async (addresses: string[], { json, ...flags }: AccessFlags & { json: boolean }) => {
      const declared = await (await clientFor(flags)).keys.declareInterests({ addresses });
      const inWords = () => `${declared.owner} has a stake in ${declared.addresses.join(", ")}`;
      show(declared, { json, out, inWords });
    });
}
