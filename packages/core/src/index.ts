export { type Clock, systemClock } from "./clock.ts";
export { CodedError, type ErrorFacts } from "./coded-error.ts";
export { CoreError, type CoreErrorFacts } from "./errors.ts";
