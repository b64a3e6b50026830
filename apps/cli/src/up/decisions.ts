import type { Candidate } from "@assay/core";
import type { Screen } from "./screen.ts";

/** Where candidates wait and are decided; the client has these verbs. */
export type Queue = {
  readonly candidates: {
    list(filter: { status: "pending" }): Promise<{ items: Candidate[] }>;
    approve(decision: { id: Candidate["id"]; reason: string }): Promise<unknown>;
    reject(decision: { id: Candidate["id"]; reason: string }): Promise<unknown>;
  };
};

/** Who decides about candidates in this run. */
export type Decider = "person-here" | "person-elsewhere" | "approve" | "reject";

/** What was decided: the candidate to approve, those to reject, or nothing yet. */
export type Verdict = { approve?: Candidate; reject: readonly Candidate[]; reason: string };

/** Asks somebody about the pending candidates, best first. */
export type Ask = (pending: readonly Candidate[], nameOf: NameOf) => Promise<Verdict>;

/** What the screen calls a hotkey. */
export type NameOf = (hotkey: string) => string;

const byFigures = (a: Candidate, b: Candidate): number =>
  b.figures.successRate - a.figures.successRate || b.figures.meanReward - a.figures.meanReward;

/** The demo admin's answer, given through the same procedures as a person's. */
export function automatic(decider: "approve" | "reject"): Ask {
  const reason = `decided by the demo admin (--auto-${decider})`;
  return async ([best, ...others]) =>
    decider === "approve" && best !== undefined
      ? { approve: best, reject: [], reason }
      : { reject: best === undefined ? [] : [best, ...others], reason };
}

/** One line about a candidate, as a reviewer wants to see it. */
export function candidateLine(
  { hotkey, figures, validators, comparison }: Candidate,
  nameOf: NameOf,
): string {
  const success = `${(figures.successRate * 100).toFixed(1)} % of ${figures.episodes} episodes`;
  const lead =
    comparison === null
      ? "no leader yet"
      : `leads by ${comparison.difference.toFixed(4)}, bar ${comparison.bar.toFixed(4)}`;
  return `${nameOf(hotkey)}: ${success}, mean reward ${figures.meanReward.toFixed(3)}, ${validators} validators, ${lead}`;
}

/**
 * Carries pending candidates to whoever decides. Each call is one look, so the caller sets the pace; the question is
 * asked again only when the candidates have changed, or when the answer could not be carried out. True if somebody was
 * decided on.
 */
export function createDecisions(
  queue: Queue,
  { ask, screen, nameOf }: { ask: Ask; screen: Screen; nameOf: NameOf },
): () => Promise<boolean> {
  const announced = new Set<string>();
  let asked = "";
  return async () => {
    const pending = (await queue.candidates.list({ status: "pending" })).items.sort(byFigures);
    for (const candidate of pending.filter(({ id }) => !announced.has(id))) {
      announced.add(candidate.id);
      screen.line("candidate", candidateLine(candidate, nameOf));
    }
    const now = pending.map(({ id }) => id).join(" ");
    if (now === asked) return false;
    const verdict = pending.length > 0 ? await ask(pending, nameOf) : { reject: [], reason: "" };
    await carryOut(queue, { verdict, screen, nameOf });
    asked = now;
    return verdict.approve !== undefined || verdict.reject.length > 0;
  };
}

async function carryOut(
  queue: Queue,
  { verdict, screen, nameOf }: { verdict: Verdict; screen: Screen; nameOf: NameOf },
): Promise<void> {
  const { approve, reject, reason } = verdict;
  if (approve !== undefined) {
    await queue.candidates.approve({ id: approve.id, reason });
    screen.good("approved", `${nameOf(approve.hotkey)} leads`);
  }
  for (const { id, hotkey } of reject) {
    await queue.candidates.reject({ id, reason });
    screen.bad("rejected", nameOf(hotkey));
  }
}
