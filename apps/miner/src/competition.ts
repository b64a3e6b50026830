import type { Competition, Page } from "@assay/core";
import { MinerError } from "./errors.ts";
import { asking, type Registry } from "./registry.ts";

/** The competition that was asked for, or the only open one. */
export async function findCompetition(
  registry: Registry,
  { id, signal }: { id: string | null; signal: AbortSignal },
): Promise<Competition> {
  if (id !== null) return asking("the competition", registry.competitions.get({ id }), signal);
  const open = (await listAll(registry, signal)).filter(({ status }) => status === "open");
  const [only, ...others] = open;
  if (only === undefined)
    throw new MinerError({ code: "MINER_NO_COMPETITION" }, "No competition is open on this subnet.");
  if (others.length === 0) return only;
  const list = open.map((competition) => `  ${competition.id}  ${competition.name}`).join("\n");
  throw new MinerError(
    { code: "MINER_COMPETITION_AMBIGUOUS", open: open.map((competition) => competition.id) },
    `Several competitions are open; choose one with --competition:\n${list}`,
  );
}

async function listAll(registry: Registry, signal: AbortSignal): Promise<Competition[]> {
  const all: Competition[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Competition> = await asking(
      "the competitions",
      registry.competitions.list({ cursor }),
      signal,
    );
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}
