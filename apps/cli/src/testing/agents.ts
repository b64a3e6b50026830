const wasm = (text: string): Buffer => Buffer.from(text, "base64");

/** A WebAssembly agent that always answers with two zeros: valid, and never successful. */
export const STILL_AGENT: Buffer = wasm(
  "AGFzbQEAAAABBAFgAAACDwEDZW52Bm1lbW9yeQIAAQMDAgAABw8CBXJlc2V0AAADYWN0AAEKJQICAAsgAEEARAAAAAAAAAAAOQOABkEARAAAAAAAAAAAOQOIBgs=",
);

/** One that answers nothing, which validators count as an invalid action. */
export const MUTE_AGENT: Buffer = wasm(
  "AGFzbQEAAAABBAFgAAACDwEDZW52Bm1lbW9yeQIAAQMDAgAABw8CBXJlc2V0AAADYWN0AAEKBwICAAsCAAs=",
);
