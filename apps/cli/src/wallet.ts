import { signerFromFile, walletPath } from "@assay/chain/wallet";
import type { Signer } from "@assay/core";
import { readEnvironment } from "./env.ts";

/** Flags of a hotkey, the dotted ones as the Python SDK has them. */
export type WalletFlags = {
  hotkeyFile?: string | undefined;
  "wallet.name"?: string | undefined;
  "wallet.hotkey"?: string | undefined;
  "wallet.path"?: string | undefined;
};

/** Where the hotkey lies: the file that is named, else the wallet; any flag over any variable. */
export function hotkeyFile(flags: WalletFlags): string {
  const settings = readEnvironment();
  const { "wallet.name": name, "wallet.hotkey": hotkey, "wallet.path": path } = flags;
  const isWalletAsked = name !== undefined || hotkey !== undefined || path !== undefined;
  const file = flags.hotkeyFile ?? (isWalletAsked ? undefined : settings.ASSAY_HOTKEY_FILE);
  if (file !== undefined) return file;
  return walletPath({
    name: name ?? settings.BT_WALLET_NAME,
    hotkey: hotkey ?? settings.BT_WALLET_HOTKEY,
    path: path ?? settings.BT_WALLET_PATH,
  });
}

/** The hotkey that flags or the environment name, ready to sign. */
export function signerFor(flags: WalletFlags): Promise<Signer> {
  return signerFromFile(hotkeyFile(flags));
}
