/** The processes of this app. */
export const VALIDATOR_MAIN: URL = new URL("./main.ts", import.meta.url);
