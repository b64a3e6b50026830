/** The backend's only process. */
export const entries: { readonly main: URL } = { main: new URL("./main.ts", import.meta.url) };
