import { ApiPromise, WsProvider } from "@polkadot/api";
import type { SubmittableExtrinsic } from "@polkadot/api/types";
import { Keyring } from "@polkadot/keyring";
import type { KeyringPair } from "@polkadot/keyring/types";
import type { ISubmittableResult } from "@polkadot/types/types";
import type { Devnet } from "../devnet.ts";

const none = { extrinsic: {}, payload: {} };
/** Bittensor's own extensions add no bytes; saying so keeps the client quiet. */
const signedExtensions = {
  SudoTransactionExtension: none,
  CheckShieldedTxValidity: none,
  SubtensorTransactionExtension: none,
  DrandPriority: none,
};

const keyring = new Keyring({ type: "sr25519", ss58Format: 42 });

/** A key pair of the development phrase, such as `//Bob//hotkey`. */
export function keyOf(uri: string): KeyringPair {
  return keyring.addFromUri(uri);
}

/** A connected client; what it would print goes nowhere. */
export function connect(devnet: Devnet): Promise<ApiPromise> {
  const provider = new WsProvider(devnet.url);
  return ApiPromise.create({ provider, signedExtensions, noInitWarn: true });
}

type Tx = SubmittableExtrinsic<"promise", ISubmittableResult>;

/** Submits, makes the block that includes it and the one that finalises it, and returns what the first one said. */
export async function include(
  devnet: Devnet,
  tx: Tx,
  signer: KeyringPair,
  options = {},
): Promise<ISubmittableResult> {
  const { promise: included, resolve, reject } = Promise.withResolvers<ISubmittableResult>();
  const sending = tx.signAndSend(signer, options, (result) => {
    if (result.status.isReady) void devnet.newBlock();
    if (result.status.isInBlock) resolve(result);
    else if (result.isError) reject(new Error(result.status.type));
  });
  sending.catch(reject);
  const result = await included;
  const stop = await sending;
  // Finality would be told only after the pause a client needs.
  stop();
  await devnet.newBlock();
  return result;
}

/** The name of the module error an extrinsic failed with, undefined if it succeeded. */
export function failureOf({ dispatchError }: ISubmittableResult): string | undefined {
  if (dispatchError === undefined) return undefined;
  if (!dispatchError.isModule) return dispatchError.type;
  const { section, name } = dispatchError.registry.findMetaError(dispatchError.asModule);
  return `${section}.${name}`;
}
