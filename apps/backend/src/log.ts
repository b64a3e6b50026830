import { type Logger, pino } from "pino";

export type Log = Logger;

/** JSON lines on standard error, written at once so that nothing is lost when the process ends. */
export function createLog(level: string): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );
}
