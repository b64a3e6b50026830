import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inspectArtefact } from "../inspect/inspect-artefact.ts";
import { straight } from "../test/agents.ts";
import { inspectImage } from "./image.ts";
import { exits } from "./probe.ts";
import { readTar, type TarEntry, writeTar } from "./tar.ts";

const agent: TarEntry = {
  path: "agent",
  kind: "file",
  isExecutable: true,
  bytes: Buffer.from("#!/bin/sh\n"),
};
const small = writeTar([agent]);

/** An archive with one header changed, its checksum made right again. */
function altered(change: (header: Buffer) => void, entries: readonly TarEntry[] = [agent]): Buffer {
  const archive = writeTar(entries);
  const header = archive.subarray(0, 512);
  change(header);
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return archive;
}

const reasonOf = (artefact: Uint8Array) =>
  inspectImage(artefact).then(
    () => "accepted",
    (error: { code?: string; facts?: { reason?: string } }) => `${error.code} ${error.facts?.reason}`,
  );
const refused = (reason: string) => `EVALUATOR_AGENT_REFUSED ${reason}`;

test("an image is the same with and without gzip, and is written anew", async () => {
  const written = await inspectImage(small);
  expect(await inspectImage(gzipSync(small))).toEqual(written);
  expect([...readTar(written)]).toEqual([agent]);
});

test("names as tar writes them are understood", async () => {
  const dotted = altered((header) => header.write("./agent\0", 0));
  expect([...readTar(await inspectImage(dotted))]).toEqual([agent]);
});

test("set-user-id bits, owners and dates do not survive", async () => {
  const privileged = altered((header) => {
    header.write("0006755\0", 100);
    header.write("0001750\0", 108);
    header.write("14722073661\0", 136);
  });
  expect(await inspectImage(privileged)).toEqual(await inspectImage(small));
});

const named = (path: string): TarEntry => ({ ...agent, path });
const outside = (name: string) => altered((header) => header.fill(0, 0, 100).write(name, 0));
const ofType = (type: string) => altered((header) => header.write(type, 156));

test.each([
  ["no archive", Buffer.from("#!/bin/sh"), "not-an-image"],
  ["nothing", Buffer.alloc(0), "not-an-image"],
  ["text as long as an archive", Buffer.alloc(2048, "x"), "not-an-image"],
  ["damaged gzip", gzipSync(small).subarray(0, 40), "not-an-image"],
  ["an archive that ends inside a file", small.subarray(0, 600), "not-an-image"],
  ["an archive without an end", small.subarray(0, 1024), "not-an-image"],
  ["a wrong checksum", Buffer.from(small).fill(0x39, 150, 151), "not-an-image"],
  ["a size that is no number", altered((header) => header.write("-1\0", 124)), "not-an-image"],
  ["a size in another base", altered((header) => header.writeUInt8(0x80, 124)), "not-an-image"],
  ["more bytes than an agent may have", Buffer.alloc(1_048_577), "too-large"],
  ["a zip bomb", gzipSync(Buffer.alloc(100_000_000)), "image-too-large"],
  [
    "too many files",
    gzipSync(writeTar(Array.from({ length: 4_097 }, (_, i) => named(`f${i}`)))),
    "image-too-large",
  ],
  ["a path upwards", outside("../agent"), "image-entry"],
  ["a path from the host's root", outside("/etc/passwd"), "image-entry"],
  ["a path with an empty part", outside("a//b"), "image-entry"],
  ["a name that is no text", altered((header) => header.writeUInt8(0xff, 0)), "image-entry"],
  ["a hard link", ofType("1"), "image-entry"],
  ["a device", ofType("3"), "image-entry"],
  ["a named pipe", ofType("6"), "image-entry"],
  ["an extended header", ofType("x"), "image-entry"],
  ["a folder with contents", ofType("5"), "image-entry"],
  ["the same file twice", writeTar([agent, agent]), "image-entry"],
  ["a file below a file", writeTar([agent, named("agent/more")]), "image-entry"],
  [
    "a file behind a link",
    writeTar([agent, named("etc/passwd"), { path: "etc", kind: "link", target: "/etc" }]),
    "image-entry",
  ],
  ["no agent", writeTar([named("other")]), "image-agent"],
  ["an agent that may not be executed", writeTar([{ ...agent, isExecutable: false }]), "image-agent"],
  ["an agent that is a link", writeTar([{ path: "agent", kind: "link", target: "/bin/sh" }]), "image-agent"],
])("%s is refused", async (_, artefact, reason) => {
  expect(await reasonOf(artefact)).toBe(refused(reason));
});

test("whatever is written is read again", () => {
  const part = fc.stringMatching(/^[a-zäß][\w.-]{0,40}$/);
  const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));
  const entry = fc.oneof(
    fc.record({ path, kind: fc.constant("folder" as const) }),
    fc.record({ path, kind: fc.constant("link" as const), target: part }),
    fc.record({
      path,
      kind: fc.constant("file" as const),
      isExecutable: fc.boolean(),
      bytes: fc.uint8Array({ maxLength: 1_500 }).map((bytes) => Buffer.from(bytes)),
    }),
  );
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), (entries) => {
      expect([...readTar(writeTar(entries))]).toEqual(entries);
    }),
  );
});

test("no damage to an archive is anything but a refusal or an image", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(small.length - 1), fc.nat(255), async (at, value) => {
      const damaged = Buffer.from(small);
      damaged[at] = value;
      expect(await reasonOf(damaged)).toMatch(/^(accepted|EVALUATOR_AGENT_REFUSED [a-z-]+)$/);
    }),
  );
});

test("an artefact is a module or an image by how it begins", async () => {
  expect(await inspectArtefact(straight)).toBe("wasm");
  expect(await inspectArtefact(small)).toBe("container");
  await expect(inspectArtefact(straight.slice(0, 12))).rejects.toMatchObject({
    code: "EVALUATOR_AGENT_REFUSED",
  });
});

test("the program of our own is a small ELF file for two kinds of machine, and none for others", () => {
  for (const machine of ["x64", "arm64"])
    expect(exits(machine).subarray(0, 4).toString("latin1")).toBe("\x7fELF");
  expect(() => exits("riscv64")).toThrow(
    expect.objectContaining({ code: "EVALUATOR_CONTAINER_PROBE_FAILED" }),
  );
});
