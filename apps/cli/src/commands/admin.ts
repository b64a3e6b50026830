import { CandidateStatus } from "@assay/core";
import type { Command } from "commander";
import type { AccessFlags } from "../access.ts";
import type { CommandContext } from "../program.ts";
import { approveCandidate, listCandidates, rejectCandidate, revokeCandidate } from "./candidates.ts";
import { compareCandidate } from "./compare.ts";
import { backendCommand, clientFor, parsedBy } from "./options.ts";
import { showStatus } from "./status.ts";

type Json = { json: boolean };
type Reasoned = AccessFlags & { reason: string };

/** Adds what reviewers and admins look at and decide: `status`, `candidates`, `approve`, `reject`, `revoke`. */
export function addAdminCommands(program: Command, { out }: CommandContext): void {
  backendCommand(program, "status")
    .description("Show leaders, submissions and validators.")
    .option("--json", "print JSON", false)
    .action(async (flags: AccessFlags & Json) => showStatus(await clientFor(flags), { ...flags, out }));
  const candidates = backendCommand(program, "candidates")
    .description("List leader candidates.")
    .option("--status <status>", CandidateStatus.options.join(", "), parsedBy(CandidateStatus))
    .option("--json", "print JSON", false)
    .action(async (flags: AccessFlags & Json & { status: CandidateStatus | undefined }) =>
      listCandidates(await clientFor(flags), { ...flags, status: flags.status, out }),
    );
  backendCommand(candidates, "compare")
    .description("Show a candidate beside the leader, validator by validator.")
    .argument("<candidate>", "id of the candidate")
    .option("--json", "print JSON", false)
    .action(async (id: string, flags: AccessFlags & Json) =>
      compareCandidate(await clientFor(flags), { ...flags, id, out }),
    );
  backendCommand(program, "approve")
    .description("Approve a pending candidate: it leads from the next snapshot.")
    .argument("<candidate>", "id of the candidate")
    .option("--reason <text>", "why, for the audit log")
    .action(async (id: string, flags: AccessFlags & { reason: string | undefined }) =>
      approveCandidate(await clientFor(flags), { id, reason: flags.reason, out }),
    );
  backendCommand(program, "reject")
    .description("Reject a pending candidate.")
    .argument("<candidate>", "id of the candidate")
    .requiredOption("--reason <text>", "why; the miner can read it")
    .action(async (id: string, flags: Reasoned) =>
      rejectCandidate(await clientFor(flags), { id, reason: flags.reason, out }),
    );
  backendCommand(program, "revoke")
    .description("Take an approval back: if the candidate leads, the leader before it leads again.")
    .argument("<candidate>", "id of the candidate")
    .requiredOption("--reason <text>", "why; the miner can read it")
    .action(async (id: string, flags: Reasoned) =>
      revokeCandidate(await clientFor(flags), { id, reason: flags.reason, out }),
    );
}
