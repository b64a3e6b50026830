import type { ApiContext, HotkeyContext, KeyContext } from "./context.ts";

/** What a procedure does: the backend implements it, the contract names it. */
export type Verb<Input, Output> = (ctx: ApiContext, input: Input) => Promise<Output>;
/** A verb whose caller showed an API key. */
export type KeyVerb<Input, Output> = (ctx: KeyContext, input: Input) => Promise<Output>;
/** A verb whose caller signed the request. */
export type HotkeyVerb<Input, Output> = (ctx: HotkeyContext, input: Input) => Promise<Output>;
