import { Metadata, TypeRegistry } from "@polkadot/types";
import type { HexString } from "@polkadot/util/types";

/** The same runtime as an older metadata version would describe it; 14 knows no runtime APIs. */
export function asOlder(newest: HexString, version: 14 | 15): HexString {
  const registry = new TypeRegistry();
  const { lookup, pallets, extrinsic, apis, outerEnums } = new Metadata(registry, newest).asV16;
  const signedExtensions = extrinsic.transactionExtensions.map(({ identifier, type, implicit }) => ({
    identifier,
    type,
    additionalSigned: implicit,
  }));
  const ofCalls = { addressType: extrinsic.addressType, signatureType: extrinsic.signatureType };
  const common = { lookup, pallets: pallets.map((pallet) => pallet.toJSON()) };
  const type = extrinsicType(lookup.types);
  const body =
    version === 15
      ? {
          ...common,
          extrinsic: {
            version: 4,
            ...ofCalls,
            callType: outerEnums.callType,
            extraType: type,
            signedExtensions,
          },
          type,
          apis: apis.map((api) => api.toJSON()),
          outerEnums,
          custom: {},
        }
      : { ...common, extrinsic: { type, version: 4, signedExtensions }, type };
  const encoded = registry.createTypeUnsafe(`MetadataV${version}`, [body]).toHex();
  return `0x6d657461${version.toString(16).padStart(2, "0")}${encoded.slice(2)}`;
}

type Types = Metadata["asV16"]["lookup"]["types"];

/** The extrinsic's own type, which older versions name as a whole. */
function extrinsicType(types: Types): number {
  const found = types.find(({ type }) => type.path.at(-1)?.toString() === "UncheckedExtrinsic");
  return found?.id.toNumber() ?? 0;
}
