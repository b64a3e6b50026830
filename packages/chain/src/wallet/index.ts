export { isAddress } from "./address.ts";
export { signerFromFile, signerFromWallet } from "./key-file.ts";
export { signerFromUri } from "./secret-uri.ts";
export { verifySignature } from "./verify.ts";
export { type WalletEnvironment, type WalletNames, walletNames, walletPath } from "./wallet-path.ts";
