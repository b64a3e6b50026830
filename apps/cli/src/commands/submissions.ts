import type { Client } from "@assay/client";
import { Address, CompetitionId, SubmissionId, SubmissionStatus } from "@assay/core";
import type { Command } from "commander";
import type { AccessFlags, BackendFlags } from "../access.ts";
import { type Shown, show } from "../output.ts";
import { firstOf } from "../pages.ts";
import type { CommandContext } from "../program.ts";
import { plainTable } from "../table.ts";
import type { WalletFlags } from "../wallet.ts";
import {
  backendCommand,
  clientFor,
  hotkeyClientFor,
  hotkeyCommand,
  type Json,
  parsedBy,
  publicClientFor,
  publicCommand,
  withJson,
  withList,
  withReason,
} from "./options.ts";

type Filters = { competition?: string; hotkey?: string; status?: SubmissionStatus };
type Listing = BackendFlags & Json & Filters & { limit: number };
type Explanation = Awaited<ReturnType<Client["submissions"]["explain"]>>;

const id = ["<submission>", "id of the submission", parsedBy(SubmissionId)] as const;

/** Adds `submissions`: where agents stand and why. */
export function addSubmissionCommands(program: Command, { out }: CommandContext): void {
  const submissions = withList(publicCommand(program, "submissions"))
    .description("List submissions, newest first.")
    .option("--competition <id>", "only of one competition", parsedBy(CompetitionId))
    .option("--hotkey <ss58>", "only of one miner", parsedBy(Address))
    .option("--status <status>", SubmissionStatus.options.join(", "), parsedBy(SubmissionStatus))
    .action(async ({ json, ...flags }: Listing) =>
      listSubmissions(await publicClientFor(flags), { ...flags, json, out }),
    );
  withJson(publicCommand(submissions, "explain"))
    .description("Say why a submission stands where it stands, with the numbers that decided it.")
    .argument(...id)
    .action(async (submission: string, { json, ...flags }: BackendFlags & Json) => {
      const explanation = await (await publicClientFor(flags)).submissions.explain({ id: submission });
      show(explanation, { json, out, inWords: explained });
    });
  withJson(hotkeyCommand(submissions, "withdraw"))
    .description("Take your own submission back, before a cycle takes it up.")
    .argument(...id)
    .action(async (submission: string, { json, ...flags }: BackendFlags & WalletFlags & Json) => {
      const withdrawn = await (await hotkeyClientFor(flags)).submissions.withdraw({ id: submission });
      show(withdrawn, { json, out, inWords: ({ status }) => `${submission}: ${status}` });
    });
  withJson(withReason(backendCommand(submissions, "rerun"), "for the audit log"))
    .description("Let a judged submission run again in the next cycle.")
    .argument(...id)
    .action(
      async (submission: string, { json, reason, ...flags }: AccessFlags & Json & { reason: string }) => {
        const waiting = await (await clientFor(flags)).submissions.rerun({ id: submission, reason });
        show(waiting, { json, out, inWords: ({ status }) => `${submission}: ${status}` });
      },
    );
}

async function listSubmissions(client: Client, asked: Shown & Filters & { limit: number }): Promise<void> {
  const { competition: competitionId, hotkey, status, limit, out } = asked;
  const filters = { competitionId, hotkey, status };
  const items = await firstOf((page) => client.submissions.list({ ...page, ...filters }), { limit, out });
  const inWords = () => (items.length === 0 ? "no submissions" : plainTable(HEAD, items.map(row)));
  show(items, { ...asked, inWords });
}

const HEAD = ["submission", "miner", "status", "since block", "why"];

function row(submission: Explanation["submission"]): (string | number)[] {
  const { id: name, hotkey, status, acceptedAtBlock, explanation } = submission;
  return [name, hotkey, status, acceptedAtBlock, explanation];
}

function explained(explanation: Explanation): string {
  const { submission, candidate, shortfalls, validators, thresholds, thresholdsVersion } = explanation;
  const short = (shortfalls ?? []).map(
    ({ figure, actual, required }) => `  ${figure} is ${actual}, required ${required}`,
  );
  const limits = Object.entries(thresholds).map(([name, value]) => `${name} ${value}`);
  return [
    `${submission.id}: ${submission.status}. ${submission.explanation}`,
    ...short,
    `thresholds, version ${thresholdsVersion}: ${limits.join(", ")}`,
    ...(validators ?? []).map(asked),
    ...(candidate === null ? [] : [`candidate ${candidate.id}: ${candidate.status}${why(candidate)}`]),
  ].join("\n");
}

function asked({ validator, outcome, code }: NonNullable<Explanation["validators"]>[number]): string {
  return `validator ${validator}: ${outcome}${code === null ? "" : ` (${code})`}`;
}

const SUPERSEDED: Readonly<Record<string, string>> = {
  "newer-submission": "its miner has a newer one",
  "bar-moved": "it does not reach the bar of whoever leads now",
  banned: "its miner is banned",
  "competition-ended": "its competition is over",
};

function why({ supersededBecause: because, reason }: NonNullable<Explanation["candidate"]>): string {
  const words = [because && (SUPERSEDED[because] ?? because), reason].filter((word) => word !== null);
  return words.length === 0 ? "" : ` (${words.join("; ")})`;
}
