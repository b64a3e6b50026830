import { buildLibrary } from "./library.ts";
import { readManifest } from "./manifest.ts";
import { buildProgram } from "./program.ts";

// Builds the package in the current folder, as its `build` script asks.
const folder = process.cwd();
const manifest = readManifest(folder);
await (manifest.exports === undefined ? buildProgram(folder) : buildLibrary(folder, manifest));
