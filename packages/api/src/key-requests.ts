import { Address, IsoTime, idOf, KeyId, PageInput } from "@assay/core";
import { z } from "zod";

export const KeyRequestId = idOf("request");

export const KeyRequestStatus = z.enum(["pending", "granted", "refused", "collected"]);
export type KeyRequestStatus = z.infer<typeof KeyRequestStatus>;

/** A validator's wish for a key, and what became of it. */
export const KeyRequest = z.object({
  id: KeyRequestId,
  hotkey: Address,
  name: z.string(),
  status: KeyRequestStatus,
  requestedAt: IsoTime,
  decidedAt: IsoTime.nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** The key it was collected as. */
  keyId: KeyId.nullable(),
});
export type KeyRequest = z.infer<typeof KeyRequest>;

export const RequestKey = z.object({ name: z.string().trim().min(1).max(100) });
export type RequestKey = z.infer<typeof RequestKey>;

export const KeyRequestRef = z.object({ id: KeyRequestId });
export type KeyRequestRef = z.infer<typeof KeyRequestRef>;

export const GrantKey = KeyRequestRef.extend({
  expiresInDays: z.int().min(1).max(3650).default(90),
  reason: z.string().trim().min(3).max(2000).nullish(),
});
export type GrantKey = z.infer<typeof GrantKey>;

export const RefuseKey = KeyRequestRef.extend({ reason: z.string().trim().min(3).max(2000) });
export type RefuseKey = z.infer<typeof RefuseKey>;

export const ListKeyRequests = PageInput.extend({ status: KeyRequestStatus.nullish() });
export type ListKeyRequests = z.infer<typeof ListKeyRequests>;

export const RotateKey = z.object({
  id: KeyId,
  /** How long the old key goes on working beside the new one. */
  overlapMinutes: z.int().min(0).max(10_080).default(60),
  expiresInDays: z.int().min(1).max(3650).default(90),
});
export type RotateKey = z.infer<typeof RotateKey>;

export const DeclareInterests = z.object({ addresses: z.array(Address).min(1).max(100) });
export type DeclareInterests = z.infer<typeof DeclareInterests>;

/** Every hotkey and coldkey a person has a stake in, as declared or by the keys bound to them. */
export const Interests = z.object({ owner: z.string(), addresses: z.array(Address) });
export type Interests = z.infer<typeof Interests>;
