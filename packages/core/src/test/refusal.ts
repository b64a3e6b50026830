import { CoreError } from "../errors.ts";

/** The code with which `act` is refused; undefined if it is not, and any other error is thrown on. */
export function refusalOf(act: () => unknown): CoreError["code"] | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof CoreError) return error.code;
    throw error;
  }
  return undefined;
}

/** {@link refusalOf} for a promise. */
export async function asyncRefusalOf(promise: Promise<unknown>): Promise<CoreError["code"] | undefined> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof CoreError) return error.code;
    throw error;
  }
  return undefined;
}
