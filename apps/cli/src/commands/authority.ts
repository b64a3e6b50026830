import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import type { Chain } from "@assay/chain";
import { signerFromFile } from "@assay/chain/wallet";
import { CertificateBody, type Signer, signCertificate } from "@assay/core";
import { CliError } from "../errors.ts";
import type { Output } from "../output.ts";

/** What the subnet's owner certifies; what is left out is as the chain says. */
export type CertifyRequest = {
  readonly netuid: number;
  /** Address of the key that is to sign snapshots. */
  readonly key: string;
  readonly fromBlock: number | undefined;
  /** How long it holds, in days of 7,200 blocks. */
  readonly days: number;
  readonly untilBlock: number | undefined;
};

const BLOCKS_PER_DAY = 7_200;

/** Signs the certificate that lets a key sign snapshots; refused unless the signer is the subnet's owner on chain. */
export async function certify(
  chain: Chain,
  {
    signer,
    request,
    file,
    out,
  }: { signer: Signer; request: CertifyRequest; file: string | undefined; out: Output },
): Promise<void> {
  const { netuid, key, days } = request;
  const { hash, block } = await chain.finalisedHead();
  const { ownerHotkey } = await chain.metagraph(netuid, { at: hash });
  if (signer.address !== ownerHotkey) throw notOwner(netuid, { hotkey: signer.address, ownerHotkey });
  const fromBlock = request.fromBlock ?? block;
  const untilBlock = request.untilBlock ?? fromBlock + days * BLOCKS_PER_DAY;
  if (untilBlock <= fromBlock)
    throw new CliError({ code: "CLI_USAGE" }, `block ${untilBlock} is not after block ${fromBlock}`);
  const scheme = "assay-certificate-v1";
  const body = CertificateBody.parse({
    scheme,
    genesis: chain.genesisHash,
    netuid,
    key,
    fromBlock,
    untilBlock,
  });
  const text = JSON.stringify(await signCertificate(body, signer));
  if (file === undefined) out.result(text);
  else await writeNew(file, { text, mode: 0o644 });
  out.note(`${key} may sign snapshots of subnet ${netuid} from block ${fromBlock} until ${untilBlock}`);
}

/** Makes a key that may sign snapshots once the owner has certified it; its secret is only in the file. */
export async function createSnapshotKey({ file, out }: { file: string; out: Output }): Promise<void> {
  await writeNew(file, { text: `0x${randomBytes(32).toString("hex")}`, mode: 0o600 });
  const { address } = await signerFromFile(file);
  out.result(address);
  out.note(
    `its secret is in ${file}; the subnet's owner certifies it: assay authority certify --key ${address}`,
  );
}

/** A key or certificate in use must not be lost to a repeated command. */
async function writeNew(file: string, { text, mode }: { text: string; mode: number }): Promise<void> {
  try {
    await writeFile(file, `${text}\n`, { flag: "wx", mode });
  } catch (cause) {
    const isThere = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    const why = isThere ? `${file} is there already: give another name` : `cannot write ${file}`;
    throw new CliError({ code: "CLI_USAGE" }, why, { cause });
  }
}

function notOwner(
  netuid: number,
  { hotkey, ownerHotkey }: { hotkey: string; ownerHotkey: string },
): CliError {
  const message = `subnet ${netuid} is owned by hotkey ${ownerHotkey}, and this is ${hotkey}: choose the owner's with --wallet.name and --wallet.hotkey`;
  return new CliError({ code: "CLI_NOT_OWNER", hotkey, ownerHotkey }, message);
}
