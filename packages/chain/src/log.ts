/** Where the package says what happened: facts and a constant message, as pino takes them. */
export type ChainLog = {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
};

export const silentLog: ChainLog = { debug: () => {}, info: () => {}, warn: () => {} };
