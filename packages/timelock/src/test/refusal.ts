import { TimelockError } from "../errors.ts";

/** The code of the error a call ends with, "none" if it ends with none; an error without a code is thrown on. */
export function refusalOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof TimelockError) return error.code;
    throw error;
  }
  return "none";
}
