import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Chain } from "@assay/chain";
import { demoCast } from "../up/accounts.ts";
import { createRunFolder } from "../up/folder.ts";
import { createScreen } from "../up/screen.ts";
import { type Run, startBackend, startChain, startDatabase } from "../up/services.ts";
import { createStack } from "../up/stack.ts";

/** A backend on a chain and a database of its own. */
export type World = {
  readonly url: string;
  readonly chain: Chain;
  /** A folder that ends with it. */
  readonly home: string;
  readonly adminKeyFile: string;
  /** A file with the hotkey of one of the demo's cast. */
  hotkeyFile(name: string): string;
  close(): Promise<void>;
};

/** Starts what commands talk to, as `assay up` does. */
export async function startWorld(): Promise<World> {
  const home = mkdtempSync(join(tmpdir(), "assay-world-"));
  const stack = createStack();
  const folder = createRunFolder(home, Date.now());
  const screen = createScreen(() => undefined, Date.now);
  const { signal } = new AbortController();
  const run: Run = { folder, screen, stack, signal, fail: () => undefined, cast: await demoCast() };
  const [chain, database] = await Promise.all([startChain(run, 0), startDatabase(run)]);
  const { url } = await startBackend(run, { chain, database, port: 0 });
  return {
    url,
    chain,
    home,
    adminKeyFile: folder.secret("admin.token", database.adminToken),
    hotkeyFile: (name) => folder.secret(`${name}.key`, `//assay//${name}//hotkey`),
    close: async () => {
      await stack.close();
      await stack.closeLast();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
