import { malformed } from "../scale/buffer.ts";
import { pathOf } from "../scale/composites.ts";
import type { Shape, Type, VariantShape } from "../scale/type.ts";
import type { Declared } from "./declare.ts";
import type { PalletDeclaration } from "./pallet.ts";

type Member = "calls" | "events";

/** A call or event of some pallet: which one, and its values. */
export type Outer = { readonly pallet: string; readonly name: string; readonly value: unknown };

const shapes = new WeakMap<PalletDeclaration, Map<string, Shape | undefined>>();

/** The enum of one pallet's calls, events or errors, as its metadata names it; always the same object. */
export function palletEnum(pallet: PalletDeclaration, member: Member | "errors"): Shape | undefined {
  const known = shapes.get(pallet) ?? new Map<string, Shape | undefined>();
  shapes.set(pallet, known);
  if (!known.has(member)) known.set(member, describeEnum(pallet, member));
  return known.get(member);
}

function describeEnum(pallet: PalletDeclaration, member: Member | "errors"): Shape | undefined {
  const variants = member === "errors" ? errorVariants(pallet) : declaredVariants(pallet[member]);
  if (variants.length === 0) return undefined;
  const last = { calls: "Call", events: "Event", errors: "Error" }[member];
  const path = [pallet.crate, "pallet", last];
  return { kind: "variant", path, params: [{ name: "T", shape: undefined }], variants };
}

/** The runtime-wide enum over every pallet's calls or events. */
export function outerEnum(name: string, pallets: readonly PalletDeclaration[], member: Member): Type<Outer> {
  return {
    shape: outerShape(name, pallets, member),
    write: (out, outer) => {
      const pallet = pallets.find((candidate) => candidate.name === outer.pallet);
      const declared = pallet?.[member][outer.name];
      if (pallet === undefined || declared === undefined)
        throw malformed(0, `no ${outer.pallet}.${outer.name}`);
      out.byte(pallet.index);
      out.byte(declared.index);
      declared.body.write(out, outer.value);
    },
    read: (input) => {
      const [palletIndex, index] = [input.byte(), input.byte()];
      const pallet = pallets.find((candidate) => candidate.index === palletIndex);
      const found = Object.entries(pallet?.[member] ?? {}).find(([, declared]) => declared.index === index);
      if (pallet === undefined || found === undefined) {
        throw malformed(input.offset - 2, `${member} ${palletIndex}.${index} is not declared`);
      }
      return { pallet: pallet.name, name: found[0], value: found[1].body.read(input) };
    },
  };
}

/** The runtime-wide enum of errors; it exists only for the metadata. */
export function outerErrors(name: string, pallets: readonly PalletDeclaration[]): Shape {
  return outerShape(name, pallets, "errors");
}

function outerShape(name: string, pallets: readonly PalletDeclaration[], member: Member | "errors"): Shape {
  const variants = pallets.flatMap((pallet): VariantShape[] => {
    const shape = palletEnum(pallet, member);
    return shape === undefined
      ? []
      : [{ name: pallet.name, index: pallet.index, fields: [{ name: undefined, shape }] }];
  });
  return { kind: "variant", path: pathOf(name), params: [], variants };
}

function declaredVariants(declared: Readonly<Record<string, Declared<unknown>>>): VariantShape[] {
  return Object.entries(declared).map(([name, { index, body }]) => ({ name, index, fields: body.fields }));
}

function errorVariants(pallet: PalletDeclaration): VariantShape[] {
  return Object.entries(pallet.errors).map(([name, index]) => ({ name, index, fields: [] }));
}
