import { EvaluatorError } from "../errors.ts";

/** Exit codes, as README.md explains them. */
export const EXIT = { done: 0, failed: 1, held: 3, configuration: 78, interrupted: 130 } as const;

/** The exit code an error ends the process with. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof EvaluatorError)) return EXIT.failed;
  if (error.code === "EVALUATOR_SETTINGS_INVALID") return EXIT.configuration;
  if (error.code === "EVALUATOR_MISCALIBRATED") return EXIT.held;
  if (error.code !== "EVALUATOR_JOIN_REFUSED") return EXIT.failed;
  return "reason" in error.facts && error.facts.reason === "secret" ? EXIT.configuration : EXIT.held;
}
