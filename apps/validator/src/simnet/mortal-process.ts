import { getHeapCodeStatistics } from "node:v8";
import { connectChain } from "@assay/chain";
import { signerFromUri } from "@assay/chain/wallet";
import { SignedSnapshot } from "@assay/core";
import { z } from "zod";
import { weightsDuty } from "../duties/weights.ts";
import { openStore } from "../store/open.ts";
import { weightsContext } from "../testing/weights-context.ts";
import { Fuse, mortalDb } from "./fuse.ts";
import { heardLog } from "./heard.ts";
import { mortalChain } from "./mortal-chain.ts";
import { NETUID } from "./world.ts";

// Run as a process by tests: the duty over a journal of its own, killed by its own SIGKILL at the step it is told, or
// living on and telling its memory when asked.
const Shown = z.object({ block: z.int(), hash: z.string(), snapshot: SignedSnapshot.nullable() });
const Told = z.union([Shown, z.literal("memory")]);

const [url = "", folder = "", uri = "", lastStep = ""] = process.argv.slice(2);
const fuse = new Fuse();
if (lastStep !== "") fuse.arm(Number(lastStep));
void fuse.blown.then(() => process.kill(process.pid, "SIGKILL"));

let isWaiting = Promise.withResolvers<void>();
const debug = (_: object, message: string) => {
  if (message.startsWith("waiting for finalised blocks") && !fuse.step()) isWaiting.resolve();
};
const real = await connectChain({ url, log: { debug, info() {}, warn() {} } });
const signer = await signerFromUri(uri);
const store = openStore(folder, { genesis: real.genesisHash, hotkey: signer.address });
const answered = (method: string) => {
  if (method === "submit") isWaiting = Promise.withResolvers();
};
const troubles = { next: () => undefined, answered, nextBlock: () => Promise.resolve() };
const context = weightsContext({
  chain: mortalChain(real, { fuse, troubles }),
  store: { ...store, db: mortalDb(store.db, fuse) },
  netuid: NETUID,
  signer,
  log: heardLog(() => {}),
});
const duty = weightsDuty(context);
let running: Promise<void> | undefined;

function hear(message: unknown): void {
  const told = Told.parse(message);
  if (told === "memory") process.send?.(memory());
  else void see(told);
}

/** Bytes in use once garbage is gone, which takes --expose-gc; those of compiled code come and go as the engine likes. */
function memory(): object {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const { code_and_metadata_size: machine, bytecode_and_metadata_size: bytecode } = getHeapCodeStatistics();
  return { used: heapUsed + external, code: machine + bytecode, rss };
}

async function see({ snapshot, ...head }: z.infer<typeof Shown>): Promise<void> {
  if (snapshot) context.inbox.put(snapshot);
  running ??= duty.run(head, new AbortController().signal).finally(() => {
    running = undefined;
  });
  await Promise.race([running, isWaiting.promise]);
  for (let asked = 0; asked < 24 && running !== undefined; asked++) await real.finalisedHead();
  process.send?.("seen");
}

process.on("message", hear);
process.on("disconnect", () => process.exit());
process.send?.("ready");
