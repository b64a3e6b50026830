import { accountNonce, core, metadataApi, subnetInfo, transactionPaymentApi } from "../apis/declarations.ts";
import type { ApiDeclaration } from "../metadata/api.ts";
import { encodeMetadata } from "../metadata/encode.ts";
import { type Outer, outerEnum, outerErrors } from "../metadata/outer-enum.ts";
import type { AnyPallet } from "../metadata/pallet.ts";
import { adminUtils } from "../pallets/admin-utils.ts";
import { balances } from "../pallets/balances.ts";
import { commitments } from "../pallets/commitments.ts";
import { drand } from "../pallets/drand.ts";
import { subtensor } from "../pallets/subtensor/index.ts";
import { sudoPallet } from "../pallets/sudo.ts";
import { systemPallet } from "../pallets/system.ts";
import { timestamp } from "../pallets/timestamp.ts";
import { transactionPayment } from "../pallets/transaction-payment.ts";
import { lazy, type Type } from "../scale/type.ts";
import { runtimeVersion } from "./version.ts";

const PATH = "node_subtensor_runtime";

/** Any pallet's call. */
export const runtimeCall: Type<Outer> = lazy(() => callEnum);
/** Any pallet's event. */
export const runtimeEvent: Type<Outer> = lazy(() => eventEnum);

export const transactionPaymentCalls = transactionPaymentApi(runtimeCall.shape);
/** The runtime APIs this node answers, in the order of the metadata. */
export const apis: readonly ApiDeclaration[] = [
  core,
  metadataApi,
  accountNonce,
  transactionPaymentCalls,
  subnetInfo,
];
export const VERSION = runtimeVersion(apis);

export const system = systemPallet(runtimeEvent, VERSION);
export const sudo = sudoPallet(runtimeCall);
export { adminUtils, balances, commitments, drand, subtensor, timestamp, transactionPayment };

/** Every pallet of this runtime, by index. */
export const pallets: readonly AnyPallet[] = [
  system,
  timestamp,
  balances,
  transactionPayment,
  subtensor,
  sudo,
  commitments,
  adminUtils,
  drand,
];

const callEnum = outerEnum(`${PATH}::RuntimeCall`, pallets, "calls");
const eventEnum = outerEnum(`${PATH}::RuntimeEvent`, pallets, "events");

/** The metadata this node serves. */
export function runtimeMetadata(): Uint8Array {
  return encodeMetadata({
    pallets,
    apis,
    call: callEnum.shape,
    event: eventEnum.shape,
    error: outerErrors(`${PATH}::RuntimeError`, pallets),
  });
}
