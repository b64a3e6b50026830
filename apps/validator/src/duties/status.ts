import { dirname } from "node:path";
import type { Clock } from "@assay/core";
import type { Duty } from "../loop/duty.ts";
import { writeStatusFile } from "../status/file.ts";
import { readStatus, type StatusSource } from "../status/read.ts";
import type { Store } from "../store/open.ts";
import { noteHead } from "../vitals.ts";

/** Notes every block and writes beside the journal how this process stands. */
export function statusDuty(source: StatusSource, { store, clock }: { store: Store; clock: Clock }): Duty {
  return {
    name: "status",
    async run(head) {
      noteHead(source.vitals, head);
      const writtenAt = new Date(clock.now()).toISOString();
      writeStatusFile(dirname(store.path), { writtenAt, status: readStatus(source) });
    },
  };
}
