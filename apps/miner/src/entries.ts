/** The processes of this app. */
export const MINER_MAIN: URL = new URL("./main.ts", import.meta.url);
