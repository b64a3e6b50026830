import { refuse } from "../inspect/refuse.ts";

/** One entry of an archive: a path without leading or trailing slash, and what is there. */
export type TarEntry =
  | { readonly path: string; readonly kind: "folder" }
  | { readonly path: string; readonly kind: "link"; readonly target: string }
  | { readonly path: string; readonly kind: "file"; readonly isExecutable: boolean; readonly bytes: Buffer };

const BLOCK = 512;
const MAGIC_AT = 257;
const EXECUTABLE = 0o111;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The entries of a ustar archive in their order; refuses everything that two programs could read differently. */
export function* readTar(archive: Buffer): Generator<TarEntry> {
  if (archive.length < BLOCK) refuse("not-an-image", "not a tar archive in the format ustar");
  let at = 0;
  while (at + BLOCK <= archive.length) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return;
    assertHeader(header);
    const size = octal(header, { at: 124, length: 12 });
    const bytes = archive.subarray(at + BLOCK, at + BLOCK + size);
    if (bytes.length < size) refuse("not-an-image", "the archive ends inside a file");
    const entry = entryOf(header, bytes);
    if (entry.path !== "") yield entry;
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  refuse("not-an-image", "the archive does not end as archives do");
}

/** An archive of our own making: root's files without dates, set-user-id bits or anything else that was not read. */
export function writeTar(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap((entry) => {
    const bytes = entry.kind === "file" ? entry.bytes : Buffer.alloc(0);
    return [headerOf(entry, bytes.length), bytes, Buffer.alloc(-bytes.length & (BLOCK - 1))];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

function assertHeader(header: Buffer): void {
  const magic = header.toString("latin1", MAGIC_AT, MAGIC_AT + 5);
  if (magic !== "ustar") refuse("not-an-image", "not a tar archive in the format ustar");
  if (octal(header, { at: 148, length: 8 }) !== checksum(header))
    refuse("not-an-image", "a header of the archive has a wrong checksum");
}

/** The sum of a header's bytes, its own field read as spaces. */
function checksum(header: Buffer): number {
  const sum = (bytes: Buffer) => bytes.reduce((total, byte) => total + byte, 0);
  return sum(header.subarray(0, 148)) + 8 * 0x20 + sum(header.subarray(156));
}

function entryOf(header: Buffer, bytes: Buffer): TarEntry {
  const path = pathOf(header);
  const type = header.toString("latin1", 156, 157);
  if (type === "0" || type === "\0") {
    const isExecutable = (octal(header, { at: 100, length: 8 }) & EXECUTABLE) !== 0;
    return { path, kind: "file", isExecutable, bytes };
  }
  if (type === "5" && bytes.length === 0) return { path, kind: "folder" };
  if (type === "2" && bytes.length === 0)
    return { path, kind: "link", target: text(header, { at: 157, length: 100 }) };
  return refuse(
    "image-entry",
    `${path}: not a plain file, folder or symbolic link; write with --format=ustar`,
  );
}

function pathOf(header: Buffer): string {
  const name = text(header, { at: 0, length: 100 });
  // The older GNU format keeps other things where ustar keeps the front of a long path.
  const isUstar = header[MAGIC_AT + 5] === 0;
  const prefix = isUstar ? text(header, { at: 345, length: 155 }) : "";
  const path = (prefix === "" ? name : `${prefix}/${name}`).replace(/^\.(\/|$)/, "").replace(/\/$/, "");
  const isPlain =
    path === "" || path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  return isPlain ? path : refuse("image-entry", `${path}: not a plain path below the root`);
}

type Field = { readonly at: number; readonly length: number };

function text(header: Buffer, { at, length }: Field): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  try {
    return utf8.decode(end < 0 ? field : field.subarray(0, end));
  } catch {
    return refuse("image-entry", "a name is not UTF-8");
  }
}

function octal(header: Buffer, { at, length }: Field): number {
  const digits = header
    .toString("latin1", at, at + length)
    .replace(/[\0 ]+$/, "")
    .trimStart();
  if (!/^[0-7]{1,11}$/.test(digits)) refuse("not-an-image", "a number of the archive is not octal");
  return Number.parseInt(digits, 8);
}

const TYPE = { file: "0", folder: "5", link: "2" } as const;

function headerOf(entry: TarEntry, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const { name, prefix } = splitPath(entry.path);
  const mode = entry.kind === "file" && !entry.isExecutable ? 0o644 : 0o755;
  header.write(name, 0);
  writeOctal(header, { at: 100, length: 8, value: mode });
  for (const at of [108, 116]) writeOctal(header, { at, length: 8, value: 0 });
  writeOctal(header, { at: 124, length: 12, value: size });
  writeOctal(header, { at: 136, length: 12, value: 0 });
  header.write(TYPE[entry.kind], 156);
  if (entry.kind === "link") header.write(entry.target, 157, 100);
  header.write("ustar\x0000", MAGIC_AT, "latin1");
  header.write(prefix, 345);
  writeOctal(header, { at: 148, length: 8, value: checksum(header) });
  return header;
}

function writeOctal(header: Buffer, { at, length, value }: Field & { readonly value: number }): void {
  header.write(`${value.toString(8).padStart(length - 1, "0")}\0`, at, "latin1");
}

/** Cuts a path that is too long for the name at a slash, as ustar wants it. */
function splitPath(path: string): { name: string; prefix: string } {
  if (Buffer.byteLength(path) <= 100) return { name: path, prefix: "" };
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return { name, prefix };
  }
  return refuse("image-entry", `${path}: too long a path`);
}
