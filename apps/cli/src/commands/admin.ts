import { CandidateId, CandidateStatus } from "@assay/core";
import { type Command, Option } from "commander";
import type { AccessFlags } from "../access.ts";
import type { Output } from "../output.ts";
import type { CommandContext } from "../program.ts";
import {
  approveCandidate,
  listCandidates,
  rejectCandidate,
  reviewCandidate,
  revokeCandidate,
} from "./candidates.ts";
import { compareCandidate } from "./compare.ts";
import { backendCommand, clientFor, type Json, parsedBy, withJson, withList, withReason } from "./options.ts";
import { showStatus } from "./status.ts";

type Reasoned = AccessFlags & Json & { reason: string };

const CANDIDATE = ["<candidate>", "id of the candidate", parsedBy(CandidateId)] as const;
const MINERS = "the miner can read it";
const VERDICTS = ["approve", "reject", "note"] as const;
type Verdict = (typeof VERDICTS)[number];

/** Adds what reviewers and admins look at and decide: `status`, `candidates`, `approve`, `reject`, `revoke`. */
export function addAdminCommands(program: Command, { out }: CommandContext): void {
  backendCommand(program, "status")
    .description("Show leaders, submissions and validators.")
    .option("--json", "print JSON", false)
    .action(async (flags: AccessFlags & Json) => showStatus(await clientFor(flags), { ...flags, out }));
  const candidates = withList(backendCommand(program, "candidates"))
    .description("List leader candidates.")
    .option("--status <status>", CandidateStatus.options.join(", "), parsedBy(CandidateStatus))
    .action(async (flags: AccessFlags & Json & { status: CandidateStatus | undefined; limit: number }) =>
      listCandidates(await clientFor(flags), { ...flags, status: flags.status, out }),
    );
  backendCommand(candidates, "compare")
    .description("Show a candidate beside the leader, validator by validator.")
    .argument(...CANDIDATE)
    .option("--json", "print JSON", false)
    .action(async (id: string, flags: AccessFlags & Json) =>
      compareCandidate(await clientFor(flags), { ...flags, id, out }),
    );
  withJson(backendCommand(candidates, "review"))
    .description(
      "Say what you think of a candidate; where approving takes two, approve is the first of them.",
    )
    .argument(...CANDIDATE)
    .addOption(new Option("--verdict <verdict>", "what you think").choices(VERDICTS).makeOptionMandatory())
    .requiredOption("--note <text>", "why; reviewers and admins can read it")
    .action(async (id: string, flags: AccessFlags & Json & { verdict: Verdict; note: string }) =>
      reviewCandidate(await clientFor(flags), { ...flags, id, out }),
    );
  addDecisions(program, out);
}

function addDecisions(program: Command, out: Output): void {
  withJson(backendCommand(program, "approve"))
    .description("Approve a pending candidate: it leads from the next snapshot.")
    .argument(...CANDIDATE)
    .option("--reason <text>", "why, for the audit log")
    .action(async (id: string, flags: AccessFlags & Json & { reason: string | undefined }) =>
      approveCandidate(await clientFor(flags), { ...flags, id, reason: flags.reason, out }),
    );
  withJson(withReason(backendCommand(program, "reject"), MINERS))
    .description("Reject a pending candidate.")
    .argument(...CANDIDATE)
    .action(async (id: string, flags: Reasoned) =>
      rejectCandidate(await clientFor(flags), { ...flags, id, out }),
    );
  withJson(withReason(backendCommand(program, "revoke"), MINERS))
    .description("Take an approval back: if the candidate leads, the leader before it leads again.")
    .argument(...CANDIDATE)
    .action(async (id: string, flags: Reasoned) =>
      revokeCandidate(await clientFor(flags), { ...flags, id, out }),
    );
}
