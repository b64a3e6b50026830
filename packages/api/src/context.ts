import { type Role, Signature } from "@assay/core";
import { z } from "zod";
import { type KeyAccess, ROLES } from "./access.ts";
import { ApiError } from "./errors.ts";

/** Someone who showed an API key. */
export type KeyCaller = { kind: "key"; id: string; name: string; role: Role; hotkey: string | null };
/** Someone who signed this one request with a registered hotkey. */
export type HotkeyCaller = { kind: "hotkey"; hotkey: string; isValidator: boolean };
/** Who makes a request, as the transport established it. */
export type Caller = { kind: "public" } | KeyCaller | HotkeyCaller;

/** What every verb learns about the request. */
export type ApiContext = { requestId: string; caller: Caller };
export type KeyContext = { requestId: string; caller: KeyCaller };
export type HotkeyContext = { requestId: string; caller: HotkeyCaller };

/**
 * What a WebSocket sends first: the API key, which must never stand in the URL, and for one that is bound to a hotkey
 * a fresh signature of it. All of it is text.
 */
export const ConnectionParams = z.object({
  token: z.string().max(200),
  timestampMs: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .optional(),
  nonce: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  signature: Signature.optional(),
});
export type ConnectionParams = z.infer<typeof ConnectionParams>;

/** The caller, if its API key has a role this access admits. */
export function requireKey(caller: Caller, needs: KeyAccess): KeyCaller {
  if (caller.kind === "public") throw unauthenticated(needs);
  const roles: readonly Role[] = ROLES[needs];
  if (caller.kind === "key" && roles.includes(caller.role)) return caller;
  throw forbidden(caller, needs);
}

/** The caller, if it signed the request, and for `validator` holds an active validator key. */
export function requireHotkey(caller: Caller, needs: "signed" | "validator"): HotkeyCaller {
  if (caller.kind === "public") throw unauthenticated(needs);
  if (caller.kind === "hotkey" && (needs === "signed" || caller.isValidator)) return caller;
  throw forbidden(caller, needs);
}

type Needs = KeyAccess | "signed" | "validator";

/** What a caller has to bring, in words. */
function credentialFor(needs: Needs): string {
  if (needs === "signed") return "a request signed by a registered hotkey";
  if (needs === "validator") return "a request signed by a hotkey with a validator key in force";
  return `an API key of role ${ROLES[needs].join(" or ")}`;
}

function unauthenticated(needs: Needs): ApiError {
  const how = needs === "signed" || needs === "validator" ? "" : ", sent as Authorization: Bearer assay_…";
  return new ApiError({ code: "API_UNAUTHENTICATED", needs }, `This needs ${credentialFor(needs)}${how}.`);
}

function forbidden(caller: Exclude<Caller, { kind: "public" }>, needs: Needs): ApiError {
  const has = caller.kind === "key" ? caller.role : caller.isValidator ? "validator" : "signed";
  const came = {
    signed: "a request signed by a hotkey without a validator key",
    validator: "a request signed by a validator",
  };
  const shown =
    caller.kind === "key" ? `a key of role ${has}` : came[caller.isValidator ? "validator" : "signed"];
  const message = `This needs ${credentialFor(needs)}; what came is ${shown}.`;
  return new ApiError({ code: "API_FORBIDDEN", needs, has }, message);
}
