import { stat } from "node:fs/promises";
import { signerFromFile } from "@assay/chain/wallet";
import { type Certificate, CertificateBody, type Signer } from "@assay/core";
import { readCertificate } from "./certificate.ts";
import type { Subnet } from "./chain/subnet.ts";
import type { Log } from "./log.ts";

/** Key that signs snapshots and receipts, and the subnet owner's word for it; the two go together. */
export type SigningKey = { readonly signer: Signer; readonly certificate: Certificate };

/** The signing key in use, and the way to another one while the backend runs. */
export type Signing = {
  current(): SigningKey;
  /** Looks at the files; another key is used once its certificate is in force. What cannot be used is said once. */
  refresh(): Promise<void>;
};

export type SigningSource = {
  readonly keyFile: string;
  readonly certificateFile: string;
  readonly genesis: string;
  readonly netuid: number;
  readonly subnet: Subnet;
  readonly log: Log;
  /** Told of every key before it signs anything; a key it fails for is not taken up. */
  readonly record: (key: SigningKey) => Promise<void>;
};

/** Reads the key and its certificate; throws if they cannot be used. */
export async function openSigning(source: SigningSource): Promise<Signing> {
  const { log, subnet, record } = source;
  let seen = await printOf(source);
  let current = await readKey(source);
  await record(current);
  let waiting: SigningKey | undefined;
  let problem: string | undefined;

  const look = async () => {
    const print = await printOf(source);
    if (print === seen) return;
    waiting = undefined;
    waiting = await readKey(source);
    // Only now: what could not be read is read again at the next look, in case its second file was still to come.
    seen = print;
    log.info(factsOf(waiting), "another signing key is there");
  };
  const change = async () => {
    await look();
    if (waiting === undefined || !isUsable(waiting, subnet)) return;
    await record(waiting);
    [current, waiting] = [waiting, undefined];
    log.info(factsOf(current), "the signing key has changed");
  };
  const sayOnce = (error: unknown) => {
    const said = problem;
    problem = String(error);
    if (problem !== said) log.warn({ err: error }, "the signing key in the files was not taken up");
  };
  return {
    current: () => current,
    refresh: () => change().then(() => void (problem = undefined), sayOnce),
  };
}

/** Changes whenever one of the files is written or replaced. */
async function printOf({ keyFile, certificateFile }: SigningSource): Promise<string> {
  const stats = await Promise.all(
    [keyFile, certificateFile].map((file) => stat(file).catch(() => undefined)),
  );
  return stats.map((one) => `${one?.ino} ${one?.size} ${one?.mtimeMs}`).join(", ");
}

async function readKey({
  keyFile,
  certificateFile: file,
  genesis,
  netuid,
}: SigningSource): Promise<SigningKey> {
  const signer = await signerFromFile(keyFile);
  return { signer, certificate: await readCertificate({ file, key: signer.address, genesis, netuid }) };
}

/** Validators accept it by now: what it signs would otherwise be refused, and the former key may still be good. */
function isUsable({ certificate }: SigningKey, subnet: Subnet): boolean {
  const { at, ownerHotkey } = subnet.current().metagraph;
  const { fromBlock, untilBlock } = periodOf(certificate);
  return certificate.ownerHotkey === ownerHotkey && fromBlock <= at.block && at.block < untilBlock;
}

/** Blocks in which validators accept what the certified key signs. */
export function periodOf(certificate: Certificate): { fromBlock: number; untilBlock: number } {
  const { fromBlock, untilBlock } = CertificateBody.parse(JSON.parse(certificate.body));
  return { fromBlock, untilBlock };
}

/** What is said of a key: whose it is, and where it holds. */
export function factsOf({ signer, certificate }: SigningKey) {
  return { key: signer.address, certifiedBy: certificate.ownerHotkey, ...periodOf(certificate) };
}
