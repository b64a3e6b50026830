import type { KeyRequest } from "@assay/api";
import type { ApiKey } from "@assay/core";
import type { ApiKeyRow, KeyRequestRow } from "@assay/db";

/** A key as it travels. */
export function keyView(row: ApiKeyRow): ApiKey {
  const { id, name, role, hotkey, owner, createdAt, expiresAt, revokedAt, replacedBy } = row;
  return {
    id,
    name,
    role,
    hotkey,
    owner,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
    replacedBy,
  };
}

/** A request for a key as it travels. */
export function requestView(row: KeyRequestRow): KeyRequest {
  const { id, hotkey, name, status, requestedAt, decidedAt, decidedBy, reason, keyId } = row;
  return {
    id,
    hotkey,
    name,
    status,
    requestedAt: requestedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    decidedBy,
    reason,
    keyId,
  };
}
