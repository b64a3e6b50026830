import type { Role } from "@assay/core";

/** Who may call a procedure; every procedure carries one of these words. */
export type Access =
  | "public"
  /** API key of role viewer, reviewer or admin. */
  | "viewer"
  /** API key of role reviewer or admin: whoever has a part in decisions, and therefore sees them at once. */
  | "reviewer"
  /** API key of role admin. */
  | "admin"
  /** Request signed by any registered hotkey. */
  | "signed"
  /** Request signed by a hotkey that holds an active validator key. */
  | "validator"
  /** API key of role validator. */
  | "validator-key";

/** Roles whose API keys satisfy each access that is granted by a key. */
export const ROLES = {
  viewer: ["viewer", "reviewer", "admin"],
  reviewer: ["reviewer", "admin"],
  admin: ["admin"],
  "validator-key": ["validator"],
} as const satisfies Partial<Record<Access, readonly Role[]>>;
export type KeyAccess = keyof typeof ROLES;
