import { CodedError } from "@assay/core";
import { openStore } from "../store/open.ts";
import { IDENTITY } from "./journal-rows.ts";

// Run as a process by the test: opens the journal, says how it went, and holds it until its input ends.
try {
  openStore(process.argv[2] ?? "", IDENTITY);
  process.stdout.write("opened\n");
  process.stdin.resume();
} catch (error) {
  process.stdout.write(`${error instanceof CodedError ? error.code : String(error)}\n`);
}
