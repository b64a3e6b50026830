import { ChainError } from "../errors.ts";

/** What the decoder makes of bytes; bytes it cannot read are CHAIN_UNEXPECTED_VALUE with the name of the item. */
export function decoded<T>(item: string, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    const found = cause instanceof Error ? cause.message.slice(0, 200) : String(cause);
    const facts = {
      code: "CHAIN_UNEXPECTED_VALUE",
      item,
      expected: "bytes of its declared type",
      found,
    } as const;
    throw new ChainError(facts, `${item} cannot be decoded: ${found}`, { cause });
  }
}

/** What the encoder makes of arguments; a runtime that takes others is CHAIN_RUNTIME_UNSUPPORTED. */
export function encoded<T>(missing: string, specVersion: number, encode: () => T): T {
  try {
    return encode();
  } catch (cause) {
    throw unsupported(missing, specVersion, cause);
  }
}

/** The error for something this version needs and the runtime does not have in a known form. */
export function unsupported(missing: string, specVersion: number, cause?: unknown): ChainError {
  return new ChainError(
    { code: "CHAIN_RUNTIME_UNSUPPORTED", specVersion, missing },
    `Runtime ${specVersion} has no ${missing} as this version of Assay knows it`,
    { cause },
  );
}
