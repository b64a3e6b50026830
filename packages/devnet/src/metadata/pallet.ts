import { storagePrefix } from "../scale/hash.ts";
import type { Constant, Declared, StorageDeclaration } from "./declare.ts";

export type AnyDeclaration = StorageDeclaration<readonly unknown[], unknown, unknown>;

/** A storage item with its place in the state. */
export type StorageItem<Keys extends readonly unknown[], Value, Read> = StorageDeclaration<
  Keys,
  Value,
  Read
> & {
  readonly pallet: string;
  readonly name: string;
  /** Hex of the 32 bytes before the hashed keys. */
  readonly prefix: string;
};
export type AnyItem = StorageItem<readonly unknown[], unknown, unknown>;

type Storage = Readonly<Record<string, AnyDeclaration>>;
type Bound<S extends Storage> = {
  readonly [N in keyof S]: S[N] extends StorageDeclaration<infer K, infer V, infer R>
    ? StorageItem<K, V, R>
    : never;
};

/** One pallet as the metadata names it. */
export type PalletDeclaration = {
  readonly name: string;
  readonly index: number;
  /** Rust crate, first part of the paths of its call, event and error types. */
  readonly crate: string;
  readonly storage: Storage;
  readonly calls: Readonly<Record<string, Declared<unknown>>>;
  readonly events: Readonly<Record<string, Declared<unknown>>>;
  readonly errors: Readonly<Record<string, number>>;
  readonly constants: Readonly<Record<string, Constant<unknown>>>;
};
export type AnyPallet = PalletDeclaration & { readonly storage: Readonly<Record<string, AnyItem>> };
export type Pallet<D extends PalletDeclaration> = Omit<D, "storage"> & {
  readonly storage: Bound<D["storage"]>;
};

/** Gives every storage item of a declaration its name and prefix. */
export function definePallet<const D extends PalletDeclaration>(declaration: D): Pallet<D> {
  const items = Object.entries(declaration.storage).map(([name, item]) => {
    const prefix = storagePrefix(declaration.name, name);
    return [name, { ...item, pallet: declaration.name, name, prefix }];
  });
  return { ...declaration, storage: asBound<D["storage"]>(Object.fromEntries(items)) };
}

/** Every entry of the declaration was bound above under its own name. */
function asBound<S extends Storage>(items: unknown): Bound<S> {
  return items as Bound<S>;
}
