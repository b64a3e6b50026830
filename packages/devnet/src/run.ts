import { type Devnet, startDevnet } from "./devnet.ts";
import { DevnetError } from "./errors.ts";
import { readJson, readNamed } from "./files.ts";
import { type Flags, parseFlags } from "./flags.ts";
import { developmentGenesis } from "./genesis/development.ts";
import { parseGenesis } from "./genesis/parse.ts";
import { recordedSubnet } from "./genesis/recorded.ts";
import type { GenesisSpec } from "./genesis/spec.ts";

const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** The process: starts the node, says on stdout that it is ready, runs until told to stop; answers with the exit code. */
export async function runDevnet(args: readonly string[]): Promise<number> {
  try {
    const flags = parseFlags(args);
    const genesis = await readGenesis(flags);
    return await serve(genesis, flags);
  } catch (error) {
    if (!(error instanceof DevnetError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.code === "DEVNET_USAGE" ? EXIT.usage : EXIT.failed;
  }
}

async function readGenesis({ genesisFile, loadFile }: Flags): Promise<GenesisSpec> {
  const genesis =
    genesisFile === undefined ? developmentGenesis() : parseGenesis(await readJson(genesisFile));
  if (loadFile === undefined) return genesis;
  return { ...genesis, subnets: [...genesis.subnets, recordedSubnet(await readJson(loadFile))] };
}

async function serve(genesis: GenesisSpec, flags: Flags): Promise<number> {
  const { port, host, blockMs, stateFile, metadataFile } = flags;
  const metadata = metadataFile === undefined ? undefined : await readNamed(metadataFile);
  const devnet = await startDevnet({
    genesis,
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    ...(blockMs === undefined ? {} : { blockMs }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(stateFile === undefined ? {} : { stateFile }),
  });
  // Whoever reads the ready line may send a signal at once.
  const stop = stopped(devnet, flags.blocks);
  const { url, genesisHash } = devnet;
  process.stdout.write(`${JSON.stringify({ ready: true, url, port: devnet.port, genesisHash })}\n`);
  const code = await stop;
  await devnet.close();
  return code;
}

/** Resolves with the exit code when a signal comes or the asked-for blocks are there. */
function stopped(devnet: Devnet, blocks: number | undefined): Promise<number> {
  const last = blocks === undefined ? Number.POSITIVE_INFINITY : devnet.head().number + blocks;
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve(EXIT.done));
    process.once("SIGINT", () => resolve(EXIT.interrupted));
    // A parent that is gone leaves nobody who would stop this process.
    process.once("disconnect", () => resolve(EXIT.done));
    devnet.onHead(({ number }) => {
      if (number >= last) resolve(EXIT.done);
    });
  });
}
