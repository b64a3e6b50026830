export type WasmModule = object;
export type WasmMemory = { readonly buffer: ArrayBuffer };
export type WasmExports = Readonly<Record<string, unknown>>;

/** The part of the engine's WebAssembly interface that agents need. */
export type Engine = {
  readonly Module: {
    new (bytes: Uint8Array<ArrayBuffer>): WasmModule;
    imports(module: WasmModule): readonly { readonly module: string; readonly name: string }[];
  };
  readonly Memory: new (size: { initial: number; maximum: number }) => WasmMemory;
  readonly Instance: new (
    module: WasmModule,
    imports: { env: { memory: WasmMemory } },
  ) => { readonly exports: WasmExports };
  readonly CompileError: new () => Error;
  readonly RuntimeError: new () => Error;
};

export const engine = engineOf(globalThis);

/** A cast because Node's types leave WebAssembly out and the browser's would bring the whole DOM with it. */
function engineOf(scope: object): Engine {
  return (scope as { WebAssembly: Engine }).WebAssembly;
}
