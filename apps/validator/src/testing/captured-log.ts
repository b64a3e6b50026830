import { Writable } from "node:stream";
import { type Logger, pino } from "pino";

export type LogLine = { readonly level: number; readonly msg: string; readonly [fact: string]: unknown };

/** The real logger, writing to a list that a test can read. */
export function capturedLog(): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as LogLine);
      done();
    },
  });
  return { log: pino({ level: "debug" }, stream), lines };
}
