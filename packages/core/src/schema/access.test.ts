import { expect, test } from "vitest";
import { CreateKey, Heartbeat } from "./access.ts";

const hotkey = `5${"A".repeat(47)}`;
const isKey = (value: object) => CreateKey.safeParse({ name: "ops", ...value }).success;

test("a validator's key is bound to one hotkey, and no other key is", () => {
  expect(isKey({ role: "validator", hotkey })).toBe(true);
  expect(isKey({ role: "validator" })).toBe(false);
  expect(isKey({ role: "admin" })).toBe(true);
  expect(isKey({ role: "admin", hotkey })).toBe(false);
});

test("a key expires, after 90 days unless asked otherwise", () => {
  expect(CreateKey.parse({ name: "ops", role: "viewer" }).expiresInDays).toBe(90);
  expect(isKey({ role: "viewer", expiresInDays: 0 })).toBe(false);
  expect(isKey({ role: "viewer", expiresInDays: 4000 })).toBe(false);
});

test("an unknown role or an empty name is refused", () => {
  expect(isKey({ role: "owner" })).toBe(false);
  expect(CreateKey.safeParse({ name: " ", role: "admin" }).success).toBe(false);
});

test("a heartbeat says what it knows and null for what it does not", () => {
  const beat = { softwareVersion: "0.1.0", duties: ["weights"], snapshotVersion: null, lastSet: null };
  expect(Heartbeat.parse(beat)).toEqual(beat);
  expect(Heartbeat.safeParse({ ...beat, duties: ["mining"] }).success).toBe(false);
  expect(Heartbeat.safeParse({ ...beat, lastSet: { block: 5 } }).success).toBe(false);
});
