import { extensions } from "../metadata/extensions.ts";
import { wrapper } from "../scale/composites.ts";
import { bytes } from "../scale/primitives.ts";
import { multiAddress, multiSignature } from "../scale/substrate.ts";
import type { Param, Shape, Type } from "../scale/type.ts";

/** An encoded extrinsic; clients find the parts of its format among the type's parameters. */
export function opaqueExtrinsic(runtimeCall: Shape): Type<Uint8Array> {
  const extra: Shape = { kind: "tuple", items: extensions.map((extension) => extension.extra) };
  const params = (last: string): Param[] => [
    { name: "Address", shape: multiAddress.shape },
    { name: "Call", shape: runtimeCall },
    { name: "Signature", shape: multiSignature.shape },
    { name: last, shape: extra },
  ];
  const generic = wrapper(
    "sp_runtime::generic::unchecked_extrinsic::UncheckedExtrinsic",
    bytes,
    params("Extra"),
  );
  return wrapper("fp_self_contained::unchecked_extrinsic::UncheckedExtrinsic", generic, params("Extension"));
}
