import { expect, test } from "vitest";
import { requireHotkey, requireKey } from "./context.ts";

const hotkey = { kind: "hotkey", hotkey: "5Miner", isValidator: false } as const;
const viewer = { kind: "key", id: "key_1", name: "Vi", role: "viewer", hotkey: null } as const;

test("who shows nothing is told what to bring", () => {
  expect(() => requireKey({ kind: "public" }, "reviewer")).toThrow(
    "This needs an API key of role reviewer or admin, sent as Authorization: Bearer assay_….",
  );
  expect(() => requireHotkey({ kind: "public" }, "signed")).toThrow(
    "This needs a request signed by a registered hotkey.",
  );
});

test("who shows something else is told what it was", () => {
  expect(() => requireKey(viewer, "admin")).toThrow(
    "This needs an API key of role admin; what came is a key of role viewer.",
  );
  expect(() => requireHotkey(hotkey, "validator")).toThrow(
    "a hotkey with a validator key in force; what came is a request signed by a hotkey without a validator key.",
  );
  expect(() => requireKey({ ...hotkey, isValidator: true }, "viewer")).toThrow(
    "what came is a request signed by a validator.",
  );
});
