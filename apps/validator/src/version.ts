import manifest from "../package.json" with { type: "json" };

/** Version of this software, as the rules document and heartbeats compare it. */
export const softwareVersion: string = manifest.version;

/** Whether version `a` is older than `b`; both are three numbers with dots. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const different = left.findIndex((number, index) => number !== right[index]);
  return different !== -1 && (left[different] ?? 0) < (right[different] ?? 0);
}

function numbersOf(version: string): number[] {
  return version.split(".").map(Number);
}
