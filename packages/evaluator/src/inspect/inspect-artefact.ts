import { inspectImage } from "../container/image.ts";
import { inspectAgent } from "./inspect.ts";

const BEGINNING_OF_MODULES = [0x00, 0x61, 0x73, 0x6d];

/** Refuses what no task's validators would run: bytes that are neither a good module nor a good image. */
export async function inspectArtefact(artefact: Uint8Array): Promise<"wasm" | "container"> {
  if (BEGINNING_OF_MODULES.every((byte, i) => artefact[i] === byte)) {
    inspectAgent(artefact);
    return "wasm";
  }
  await inspectImage(artefact);
  return "container";
}
