import {
  openStatement,
  Receipt,
  type ReceiptBody,
  type ResultReceiptBody,
  type VerifySignature,
} from "@assay/core";
import { ClientError } from "./errors.ts";

export type ReceiptOptions = {
  /** Checks the receipt's signature and content; without it the receipt is returned unread. */
  verify?: VerifySignature;
  /** Key that must have signed the receipt: the backend's `snapshotKey`, once its certificate was checked. */
  backendKey?: string;
};

type Fields = Readonly<Record<string, string | number>>;

type Expectation = {
  readonly schema: typeof ReceiptBody | typeof ResultReceiptBody;
  readonly verify: VerifySignature | undefined;
  readonly backendKey: string | undefined;
  /** What the receipt must say. */
  readonly expected: Fields;
};

/** Holds a receipt against what was sent; CLIENT_BAD_RECEIPT names the first field that differs. */
export function checkReceipt(given: Receipt, { schema, verify, ...against }: Expectation): void {
  if (verify === undefined) return;
  const receipt = assertReceipt(given);
  const { backendKey = receipt.key, expected } = against;
  assertField("key", { expected: backendKey, actual: receipt.key });
  const body = openReceipt(receipt, { schema, verify });
  for (const [field, value] of Object.entries(expected))
    assertField(field, { expected: value, actual: body[field] });
}

/** The backend may be older than receipts, or hostile. */
function assertReceipt(given: unknown): Receipt {
  const { data, error } = Receipt.safeParse(given);
  if (data !== undefined) return data;
  throw badReceipt({ field: "receipt", expected: "a signed receipt", actual: typeof given }, error);
}

function openReceipt(
  receipt: Receipt,
  { schema, verify }: Pick<Expectation, "schema"> & { verify: VerifySignature },
): Fields {
  try {
    return openStatement(receipt, { address: receipt.key, schema, verify });
  } catch (cause) {
    const expected = `a receipt signed by ${receipt.key}`;
    throw badReceipt({ field: "signature", expected, actual: receipt.signature }, cause);
  }
}

type Value = string | number | undefined;

function assertField(field: string, { expected, actual }: Record<"expected" | "actual", Value>): void {
  if (expected !== actual) throw badReceipt({ field, expected: String(expected), actual: String(actual) });
}

function badReceipt(
  facts: { field: string; expected: string; actual: string },
  cause?: unknown,
): ClientError {
  return new ClientError({ code: "CLIENT_BAD_RECEIPT", ...facts }, undefined, { cause });
}
