/** A block by height and hash. */
export type Head = { readonly block: number; readonly hash: string };
