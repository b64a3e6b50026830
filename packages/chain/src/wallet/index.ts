export { isAddress } from "./address.ts";
export { signerFromFile } from "./key-file.ts";
export { signerFromUri } from "./secret-uri.ts";
export { verifySignature } from "./verify.ts";
