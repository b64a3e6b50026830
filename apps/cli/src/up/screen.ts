import Table from "cli-table3";
import pc from "picocolors";
import { shortAddress } from "../output.ts";
import type { EpochReport } from "./report.ts";

/** Writes the progress of a run: one line for each thing that happened, with the seconds since the start. */
export type Screen = {
  line(who: string, what: string): void;
  good(who: string, what: string): void;
  bad(who: string, what: string): void;
  block(text: string): void;
  /** Keeps what comes until `release`, while a question stands on the terminal. */
  hold(): void;
  release(): void;
};

/** A screen over any stream of text; `now` in milliseconds. */
export function createScreen(write: (text: string) => void, now: () => number): Screen {
  const start = now();
  let held: string[] | undefined;
  const put = (text: string): void => {
    if (held === undefined) write(text);
    else held.push(text);
  };
  const print = (colour: (text: string) => string) => (who: string, what: string) => {
    const seconds = ((now() - start) / 1000).toFixed(1).padStart(6);
    put(`${pc.dim(`${seconds} s`)}  ${pc.cyan(who.padEnd(12))} ${colour(what)}\n`);
  };
  return {
    line: print(String),
    good: print(pc.green),
    bad: print(pc.red),
    block: (text) => put(`${text}\n`),
    hold: () => {
      held = [];
    },
    release: () => {
      const kept = held ?? [];
      held = undefined;
      for (const text of kept) write(text);
    },
  };
}

const percent = (u16: number): string => `${((u16 / 65_535) * 100).toFixed(1)} %`;
const alpha = (rao: string): string => (Number(BigInt(rao) / 1_000_000n) / 1000).toFixed(3);

/** The epoch as a table: who weighed whom, and what each was paid. */
export function epochTable({ uids, weights, incentive, dividends, emission }: EpochReport): string {
  const validators = uids.filter(({ hotkey }) => weights[hotkey] !== undefined);
  const table = new Table({
    head: [
      "uid",
      "role",
      "hotkey",
      ...validators.map(({ uid }) => `W from ${uid}`),
      "incentive",
      "dividends",
      "emission α",
    ],
    style: { head: [], border: [], compact: true },
    colAligns: [
      "right",
      "left",
      "left",
      ...validators.map(() => "right" as const),
      "right",
      "right",
      "right",
    ],
  });
  for (const { uid, role, hotkey } of uids) {
    const from = validators.map(({ hotkey: by }) =>
      String(weights[by]?.find(([to]) => to === uid)?.[1] ?? "·"),
    );
    const paid = [percent(incentive[uid] ?? 0), percent(dividends[uid] ?? 0), alpha(emission[uid] ?? "0")];
    table.push([String(uid), role, shortAddress(hotkey), ...from, ...paid]);
  }
  return table.toString();
}
