/** Names of a setting besides its own: as the Python SDK has them, so that one environment serves both. */
type Names = { readonly variable?: string; readonly flags?: readonly string[] };

const ALSO: Readonly<Record<string, Names>> = {
  netuid: { variable: "BT_NETUID" },
  chainUrl: {
    variable: "BT_SUBTENSOR_CHAIN_ENDPOINT",
    flags: ["subtensor.chain_endpoint", "subtensor.chain-endpoint"],
  },
  subtensorNetwork: { variable: "BT_SUBTENSOR_NETWORK", flags: ["subtensor.network"] },
  walletName: { variable: "BT_WALLET_NAME", flags: ["wallet.name"] },
  walletHotkey: { variable: "BT_WALLET_HOTKEY", flags: ["wallet.hotkey"] },
  walletPath: { variable: "BT_WALLET_PATH", flags: ["wallet.path"] },
};

/** The flags of a setting, its own first. */
export function flagsOf(name: string): string[] {
  return [kebab(name), ...(ALSO[name]?.flags ?? [])];
}

/** The variables of a setting, its own first. */
export function variablesOf(name: string): string[] {
  const also = ALSO[name]?.variable;
  return also === undefined ? [variable(name)] : [variable(name), also];
}

/** Name of a setting in the environment. */
export function variable(name: string): string {
  return `ASSAY_${kebab(name).replaceAll("-", "_").toUpperCase()}`;
}

/** Name of a setting as a flag. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Settings that a flag of another silences in the environment, because they would go over it. */
export const SILENCED: Readonly<Record<string, readonly string[]>> = {
  chainUrl: ["subtensorNetwork"],
  hotkeyFile: ["walletName", "walletHotkey", "walletPath"],
};
