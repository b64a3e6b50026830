import { connectChain } from "@assay/chain";
import { signerFromUri } from "@assay/chain/wallet";
import { SignedSnapshot } from "@assay/core";
import { z } from "zod";
import { weightsDuty } from "../duties/weights.ts";
import { openStore } from "../store/open.ts";
import { capturedLog } from "../testing/captured-log.ts";
import { weightsContext } from "../testing/weights-context.ts";
import { Fuse, mortalDb } from "./fuse.ts";
import { mortalChain } from "./mortal-chain.ts";
import { NETUID } from "./world.ts";

// Run as a process by the test: the duty over a journal of its own, killed by its own SIGKILL at the step it is told.
const Told = z.object({ block: z.int(), hash: z.string(), snapshot: SignedSnapshot.nullable() });

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
  log: capturedLog().log,
});
const duty = weightsDuty(context);
let running: Promise<void> | undefined;

async function hear(message: unknown): Promise<void> {
  const { snapshot, ...head } = Told.parse(message);
  if (snapshot) context.inbox.put(snapshot);
  running ??= duty.run(head, new AbortController().signal).finally(() => {
    running = undefined;
  });
  await Promise.race([running, isWaiting.promise]);
  for (let asked = 0; asked < 24 && running !== undefined; asked++) await real.finalisedHead();
  process.send?.("seen");
}

process.on("message", (message) => void hear(message));
process.on("disconnect", () => process.exit());
process.send?.("ready");
