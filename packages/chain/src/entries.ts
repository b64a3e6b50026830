/** Source and build keep the same folders, so an entry differs only in its ending. */
const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";

/** Everything of this package that runs as a process of its own. */
export const entries = { contract: new URL(`./contract/main.${ending}`, import.meta.url) } as const;
