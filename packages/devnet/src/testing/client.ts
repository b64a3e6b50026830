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

/** Submits, makes the block that includes it and the one that finalises it, and returns the last result. */
export function include(
  devnet: Devnet,
  tx: Tx,
  signer: KeyringPair,
  options = {},
): Promise<ISubmittableResult> {
  return new Promise((resolve, reject) => {
    const onResult = (result: ISubmittableResult): void => {
      if (result.status.isReady || result.status.isInBlock) void devnet.newBlock();
      if (result.status.isFinalized) resolve(result);
      if (result.isError && !result.status.isInBlock) reject(new Error(result.status.type));
    };
    tx.signAndSend(signer, options, onResult).catch(reject);
  });
}

/** The name of the module error an extrinsic failed with, undefined if it succeeded. */
export function failureOf({ dispatchError }: ISubmittableResult): string | undefined {
  if (dispatchError === undefined) return undefined;
  if (!dispatchError.isModule) return dispatchError.type;
  const { section, name } = dispatchError.registry.findMetaError(dispatchError.asModule);
  return `${section}.${name}`;
}
