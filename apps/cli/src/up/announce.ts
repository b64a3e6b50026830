import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { type Demo, demoFile } from "../env.ts";

/** Tells other terminals where the demo is; the answer withdraws that, unless a newer demo has replaced it. */
export function announceDemo(home: string, demo: Demo): () => void {
  const file = demoFile(home);
  const text = JSON.stringify(demo);
  rmSync(file, { force: true });
  writeFileSync(file, text, { mode: 0o600 });
  return () => {
    if (readIfThere(file) === text) rmSync(file, { force: true });
  };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
