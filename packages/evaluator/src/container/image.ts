import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AGENT_ABI } from "../agent-abi.ts";
import { refuse } from "../inspect/refuse.ts";
import { CONTAINER_LIMITS } from "./limits.ts";
import { readTar, type TarEntry, writeTar } from "./tar.ts";

const GZIP = [0x1f, 0x8b];
const unpack = promisify(gunzip);

/** The program of every image. */
export const AGENT_PATH = "agent";

/**
 * Inspects a submitted image, a root file system as a tar archive that may be compressed with gzip, and returns it as an
 * archive of our own: what the engine unpacks with its rights was written here, entry by entry, and not by a stranger.
 */
export async function inspectImage(artefact: Uint8Array): Promise<Buffer> {
  if (artefact.length > AGENT_ABI.maxBytes)
    refuse("too-large", `${artefact.length} bytes, ${AGENT_ABI.maxBytes} are allowed`);
  const entries = new Map<string, TarEntry>();
  for (const entry of readTar(await unpacked(Buffer.from(artefact)))) {
    if (entries.has(entry.path)) refuse("image-entry", `${entry.path}: appears twice`);
    entries.set(entry.path, entry);
    if (entries.size > CONTAINER_LIMITS.maxEntries)
      refuse("image-too-large", `more than ${CONTAINER_LIMITS.maxEntries} files, folders and links`);
  }
  for (const path of entries.keys()) assertInFolders(path, entries);
  assertAgent(entries.get(AGENT_PATH));
  return writeTar([...entries.values()]);
}

async function unpacked(artefact: Buffer): Promise<Buffer> {
  const { maxUnpackedBytes } = CONTAINER_LIMITS;
  if (GZIP.some((byte, i) => artefact[i] !== byte)) return artefact;
  try {
    return await unpack(artefact, { maxOutputLength: maxUnpackedBytes });
  } catch (error) {
    if (error instanceof RangeError)
      refuse("image-too-large", `more than ${maxUnpackedBytes} bytes unpacked`);
    return refuse("not-an-image", "damaged gzip");
  }
}

/** Nothing may lie below a file or behind a link: where it would land is the engine's guess. */
function assertInFolders(path: string, entries: ReadonlyMap<string, TarEntry>): void {
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
    const parent = entries.get(path.slice(0, at));
    if (parent !== undefined && parent.kind !== "folder")
      refuse("image-entry", `${path}: ${parent.path} is no folder`);
  }
}

function assertAgent(agent: TarEntry | undefined): void {
  if (agent?.kind !== "file" || !agent.isExecutable)
    refuse("image-agent", `there is no executable file /${AGENT_PATH}`);
}
