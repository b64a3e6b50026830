const HEADER_BYTES = 64;
const SEGMENT_BYTES = 56;
const BASE = 0x400000n;

/** Machine code for Linux, and the number of its machine in an ELF header. */
export type MachineCode = { readonly machine: number; readonly code: Buffer };

/** A whole static program of machine code that needs nothing around it; it begins with its first byte. */
export function staticProgram({ machine, code }: MachineCode): Buffer {
  const start = HEADER_BYTES + SEGMENT_BYTES;
  const elf = Buffer.alloc(start);
  elf.write("\x7fELF\x02\x01\x01", "latin1");
  elf.writeUInt16LE(2, 16); // an executable
  elf.writeUInt16LE(machine, 18);
  elf.writeUInt32LE(1, 20);
  elf.writeBigUInt64LE(BASE + BigInt(start), 24); // where it begins
  elf.writeBigUInt64LE(BigInt(HEADER_BYTES), 32); // where its segments are described
  elf.writeUInt16LE(HEADER_BYTES, 52);
  elf.writeUInt16LE(SEGMENT_BYTES, 54);
  elf.writeUInt16LE(1, 56);
  writeSegment(elf.subarray(HEADER_BYTES), start + code.length);
  return Buffer.concat([elf, code]);
}

/** One segment, the whole file, readable and executable. */
function writeSegment(segment: Buffer, size: number): void {
  segment.writeUInt32LE(1, 0);
  segment.writeUInt32LE(5, 4);
  segment.writeBigUInt64LE(BASE, 16);
  segment.writeBigUInt64LE(BASE, 24);
  segment.writeBigUInt64LE(BigInt(size), 32);
  segment.writeBigUInt64LE(BigInt(size), 40);
  segment.writeBigUInt64LE(0x1000n, 48);
}
