import type { Command } from "commander";
import type { BackendFlags } from "../../access.ts";
import type { CommandContext } from "../../program.ts";
import { type Json, publicCommand, withJson } from "../options.ts";

type Verify = BackendFlags & Json & { certificate: string[] };

const gathered = (file: string, before: readonly string[]): string[] => [...before, file];

/** Adds `receipts`: the backend's signed word that it has something, and whether it holds. */
export function addReceiptsCommand(program: Command, { out, ends }: CommandContext): void {
  const receipts = withJson(program.command("receipts"))
    .description("List the receipts kept on this machine.")
    .action(async ({ json }: Json) => (await import("./show.ts")).listReceipts({ json, out }));
  withJson(publicCommand(receipts, "verify"))
    .description("Verify receipts by the backend's certificate; with --certificate without any network.")
    .argument(
      "[files...]",
      "receipts, or what `assay validator receipts` printed; left out, all that are kept",
    )
    .option(
      "--certificate <file>",
      "a certificate, or a signed snapshot with one; may be given again",
      gathered,
      [],
    )
    .action(async (files: string[], flags: Verify) => {
      const { verifyReceipts } = await import("./show.ts");
      await verifyReceipts(files, { ...flags, out, ends });
    });
  publicCommand(receipts, "certificate")
    .description("Print the backend's certificate, to be kept beside the receipts.")
    .action(async (flags: BackendFlags) => (await import("./show.ts")).printCertificate(flags, out));
}
