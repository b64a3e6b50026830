import { homedir } from "node:os";
import { join } from "node:path";
import { ChainError } from "../errors.ts";

/** Which hotkey is meant: the parts of a wallet's path as Bittensor's own tools name them. */
export type WalletNames = {
  /** Folder of the wallet; `default`. */
  readonly name?: string | undefined;
  /** File of the hotkey within it; `default`. */
  readonly hotkey?: string | undefined;
  /** Folder of all wallets; `~/.bittensor/wallets`. */
  readonly path?: string | undefined;
};

/** Settings by name, such as a process's environment. */
export type WalletEnvironment = Readonly<Record<string, string | undefined>>;

const WALLETS = "~/.bittensor/wallets";
const DEFAULT = "default";

/** What flags say, else what `BT_WALLET_NAME`, `BT_WALLET_HOTKEY` and `BT_WALLET_PATH` say; empty texts say nothing. */
export function walletNames(flags: WalletNames, environment: WalletEnvironment): WalletNames {
  return {
    name: flags.name || environment["BT_WALLET_NAME"],
    hotkey: flags.hotkey || environment["BT_WALLET_HOTKEY"],
    path: flags.path || environment["BT_WALLET_PATH"],
  };
}

/** Where the private hotkey file of a wallet lies; nothing is looked up but the home folder, and that only for `~`. */
export function walletPath({ name, hotkey, path }: WalletNames, home: string = homedir()): string {
  const root = (path || WALLETS).replace(/^~(?=$|[/\\])/, () => home);
  return join(root, plainName("name", name), "hotkeys", plainName("hotkey", hotkey));
}

/** A name may not lead out of the folder it stands in. */
function plainName(field: string, value: string | undefined): string {
  const name = value || DEFAULT;
  if (!/[/\\\0]/.test(name) && name !== "." && name !== "..") return name;
  const problem = `${JSON.stringify(name)} is a path; expected one name`;
  throw new ChainError(
    { code: "CHAIN_REQUEST_INVALID", field: `wallet.${field}`, problem },
    `wallet.${field}: ${problem}. The folder of all wallets is set by wallet.path.`,
  );
}
