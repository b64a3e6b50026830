import { Writable } from "node:stream";
import { type Logger, pino } from "pino";

export type Line = { readonly level: number; readonly msg: string; readonly [fact: string]: unknown };

/** The real logger, handing each line to a listener and keeping none. */
export function heardLog(listener: (line: Line) => void): Logger {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      listener(asLine(JSON.parse(String(chunk))));
      done();
    },
  });
  return pino({ level: "info" }, stream);
}

/** The logger writes every line with a level and a message. */
function asLine(parsed: unknown): Line {
  return parsed as Line;
}
