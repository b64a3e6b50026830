import { isCancel, select } from "@clack/prompts";
import { type Ask, candidateLine, type Verdict } from "./decisions.ts";
import type { Screen } from "./screen.ts";

const WAIT = "wait";
const REJECT_ALL = "reject-all";

type Here = {
  readonly screen: Screen;
  /** Withdraws the question. */
  readonly signal: AbortSignal;
  /** Called when the person presses Ctrl-C instead of answering. */
  readonly interrupt: () => void;
};

/** Asks the person at this terminal; the screen is quiet while the question stands. */
export function askHere({ screen, signal, interrupt }: Here): Ask {
  return async (pending, nameOf): Promise<Verdict> => {
    screen.hold();
    const choice = await select({
      signal,
      message: "Who leads the competition?",
      options: [
        ...pending.map((candidate) => ({
          value: candidate.id as string,
          label: `approve ${candidateLine(candidate, nameOf)}`,
        })),
        { value: REJECT_ALL, label: "reject all of them" },
        { value: WAIT, label: "decide later" },
      ],
    });
    screen.release();
    if (isCancel(choice)) {
      if (!signal.aborted) interrupt();
      return { reject: [], reason: "" };
    }
    const approve = pending.find(({ id }) => id === choice);
    const reason = "decided by the person at the terminal";
    if (approve !== undefined) return { approve, reject: [], reason };
    if (choice === WAIT) sayHow(pending[0], screen);
    return { reject: choice === REJECT_ALL ? pending : [], reason };
  };
}

function sayHow(first: { readonly id: string } | undefined, screen: Screen): void {
  const id = first?.id ?? "<candidate>";
  screen.line("decide", `later, in another terminal: npm run assay -- candidates, then approve ${id}`);
}

/** Says how to decide from another terminal. */
export function askElsewhere(screen: Screen): Ask {
  return async (pending) => {
    for (const { id } of pending)
      screen.line("decide", `npm run assay -- approve ${id}   or   reject ${id} --reason "…"`);
    return { reject: [], reason: "" };
  };
}
