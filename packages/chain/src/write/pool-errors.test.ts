import { expect, test } from "vitest";
import { poolAnswer } from "./pool-errors.ts";
import { refusalOf } from "./refusals.ts";

const custom = (number: number) => poolAnswer(1010, `Invalid Transaction: Custom error: ${number}`);
const UNKNOWN_ADVICE = refusalOf("NeverHeardOf").advice;

test.each([
  [0, "ColdkeyInSwapSchedule", true],
  [1, "StakeAmountTooLow", false],
  [2, "BalanceTooLow", false],
  [3, "SubnetNotExists", false],
  [4, "HotkeyAccountDoesntExist", false],
  [6, "RateLimitExceeded", true],
  [10, "HotKeyNotRegisteredInNetwork", false],
  [19, "UidNotFound", false],
  [21, "ColdkeySwapDisputed", false],
  [255, "BadRequest", false],
])("custom error %i is %s", (number, error, retryable) => {
  expect(custom(number)).toMatchObject({ kind: "refused", error });
  expect(refusalOf(error).retryable).toBe(retryable);
  expect(refusalOf(error).advice).not.toBe(UNKNOWN_ADVICE);
});

test("every number from 0 to 27 has a name of its own", () => {
  const names = Array.from({ length: 28 }, (_, number) => custom(number)).map((answer) =>
    Reflect.get(answer, "error"),
  );
  expect(new Set(names).size).toBe(28);
  expect(names.filter((name) => String(name).startsWith("CustomError"))).toEqual([]);
});

test("a number nobody knows keeps itself as name", () => {
  expect(custom(99)).toMatchObject({ kind: "refused", error: "CustomError99" });
});

test.each([
  [1010, "Invalid Transaction: Transaction is outdated", "Stale", true],
  [1010, "Invalid Transaction: Transaction will be valid in the future", "Future", true],
  [1010, "Invalid Transaction: Transaction has a bad signature", "BadProof", false],
  [1010, "Invalid Transaction: Transaction has an ancient birth block", "AncientBirthBlock", true],
  [1010, "Invalid Transaction: Inability to pay some fees (e.g. account balance too low)", "Payment", false],
  [1010, "Invalid Transaction: Transaction would exhaust the block limits", "ExhaustsResources", true],
  [1010, "Invalid Transaction: Transaction call is not expected", "CallNotAllowed", false],
  [1010, "Invalid Transaction", "InvalidTransaction", false],
  [1011, "Unknown Transaction Validity", "UnknownValidity", true],
  [1014, "Priority is too low", "TooLowPriority", true],
  [1016, "Immediately Dropped", "ImmediatelyDropped", true],
])("%i %s is %s", (rpcCode, reason, error, retryable) => {
  expect(poolAnswer(rpcCode, reason)).toMatchObject({ kind: "refused", error });
  expect(refusalOf(error)).toMatchObject({ retryable });
  expect(refusalOf(error).advice).not.toBe(UNKNOWN_ADVICE);
});

test.each([1012, 1013])("%i means that the pool knows it already, which refuses nothing", (rpcCode) => {
  expect(poolAnswer(rpcCode, "…")).toMatchObject({ kind: "known" });
});

test.each([-32603, -32000, 1002, 0])("%i proves nothing", (rpcCode) => {
  expect(poolAnswer(rpcCode, "…")).toMatchObject({ kind: "unsure" });
});
