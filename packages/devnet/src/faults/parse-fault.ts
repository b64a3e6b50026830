import { RPC_CODE, rpcError } from "../rpc/json-rpc.ts";
import type { Fault } from "./fault.ts";

type Members = Readonly<Record<string, unknown>>;
type Kind = Fault["kind"];

const isText = (value: unknown) => typeof value === "string";
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;
const isFlag = (value: unknown) => typeof value === "boolean";
const isRpcCode = (value: unknown) => Number.isSafeInteger(value);
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const isNames = (value: unknown) =>
  typeof value === "object" && value !== null && Object.values(value).every(isText);
const isHex = (value: unknown) => typeof value === "string" && /^0x(?:[0-9a-f]{2})+$/i.test(value);

type Check = (value: unknown) => boolean;
type Form = {
  readonly needs: Readonly<Record<string, Check>>;
  readonly may: Readonly<Record<string, Check>>;
};

const FORMS: Readonly<Record<Kind, Form>> = {
  reorg: { needs: { depth: isCount }, may: { drop: isFlag } },
  stall: { needs: {}, may: {} },
  drop: { needs: { method: isText }, may: { times: isCount } },
  delay: { needs: { method: isText, ms: isCount }, may: { times: isCount } },
  pool: { needs: { rpcCode: isRpcCode, data: isText }, may: { times: isCount } },
  finality: { needs: { lag: isCount }, may: {} },
  upgrade: {
    needs: {},
    may: {
      specVersion: isCount,
      transactionVersion: isCount,
      metadata: isHex,
      remove: isTexts,
      rename: isNames,
    },
  },
  beacon: { needs: {}, may: {} },
  rules: {
    needs: { netuid: isCount },
    may: {
      tempo: isCount,
      epochAt: isCount,
      ownerHotkey: isText,
      commitReveal: isFlag,
      revealPeriodEpochs: isCount,
      weightsRateLimit: isCount,
      weightsVersionKey: isCount,
    },
  },
  replace: { needs: { netuid: isCount, uid: isCount, hotkey: isText }, may: {} },
  permit: { needs: { netuid: isCount, uid: isCount, isHeld: isFlag }, may: {} },
  prune: { needs: { keep: isCount }, may: {} },
  clear: { needs: {}, may: {} },
};

/** A fault as a JSON-RPC caller words it; a misspelt member is refused rather than ignored. */
export function parseFault(value: unknown): Fault {
  const members: Members = Object.fromEntries(Object.entries(Object(value)));
  const { kind, ...given } = members;
  if (!isKind(kind)) throw invalid(`kind is one of ${Object.keys(FORMS).join(", ")}`);
  const { needs, may } = FORMS[kind];
  const missing = Object.keys(needs).find((name) => !(name in given));
  if (missing !== undefined) throw invalid(`${kind} needs ${missing}`);
  for (const [name, one] of Object.entries(given)) {
    if (!((needs[name] ?? may[name])?.(one) ?? false)) throw invalid(`${kind} does not take this ${name}`);
  }
  return asFault(members);
}

function isKind(value: unknown): value is Kind {
  return typeof value === "string" && Object.hasOwn(FORMS, value);
}

/** Every member was compared with the form of its kind. */
function asFault(members: Members): Fault {
  return members as Fault;
}

function invalid(problem: string) {
  return rpcError(RPC_CODE.invalidParams, "Invalid params", problem);
}
