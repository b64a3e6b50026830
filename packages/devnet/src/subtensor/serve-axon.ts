import { type Context, deposit, ensure, type Origin, signer } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { StateReader } from "../state/overlay.ts";

const { storage } = subtensor;

/** Where a neuron listens, as the call carries it. */
export type AxonArgs = {
  readonly netuid: number;
  readonly version: number;
  readonly ip: bigint;
  readonly port: number;
  readonly ip_type: number;
  readonly protocol: number;
  readonly placeholder1: number;
  readonly placeholder2: number;
};

const [V4, V6] = [4, 6];
const V4_MAX = 0xffff_ffffn;
/** Addresses that mean nothing to anybody else: loopback, and all ones. Zero passes: it takes an axon down. */
const UNUSABLE: Readonly<Record<number, readonly bigint[]>> = {
  [V4]: [0x7f00_0001n, V4_MAX],
  [V6]: [1n, (1n << 128n) - 1n],
};

/** The checks of `serve_axon`, in the pool and in the block. */
export function checkAxon(state: StateReader, at: { who: string; block: number }, args: AxonArgs): void {
  const { netuid, ip, ip_type, port } = args;
  const isRegistered = read(state, storage.Uids, netuid, at.who) !== undefined;
  ensure(isRegistered, subtensor, "HotKeyNotRegisteredInNetwork");
  ensure(ip_type === V4 || ip_type === V6, subtensor, "InvalidIpType");
  const isUsable = !(UNUSABLE[ip_type] ?? []).includes(ip) && (ip_type === V6 || ip <= V4_MAX);
  ensure(isUsable, subtensor, "InvalidIpAddress");
  const last = read(state, storage.Axons, netuid, at.who)?.block ?? 0n;
  const isInTime = last === 0n || BigInt(at.block) - last >= read(state, storage.ServingRateLimit, netuid);
  ensure(isInTime, subtensor, "ServingRateLimitExceeded");
  ensure(port !== 0, subtensor, "InvalidPort");
}

/** Of a certificate: one byte for the algorithm, then the key. */
const MOST_CERTIFICATE_BYTES = 65;

/** `serve_axon_tls`: an axon with a certificate; one of another length is left out without a word. */
export function serveAxonTls(
  context: Context,
  origin: Origin,
  { certificate, ...axon }: AxonArgs & { readonly certificate: Uint8Array },
): void {
  serveAxon(context, origin, axon);
  const [algorithm, ...key] = certificate;
  if (algorithm === undefined || certificate.length > MOST_CERTIFICATE_BYTES) return;
  const held = { public_key: Uint8Array.from(key), algorithm };
  write(context.state, storage.NeuronCertificates, [axon.netuid, signer(origin), held]);
}

/** `serve_axon`: publishes where a registered hotkey can be reached. */
export function serveAxon(context: Context, origin: Origin, args: AxonArgs): void {
  const who = signer(origin);
  const { state, block } = context;
  checkAxon(state, { who, block }, args);
  const { netuid, ...axon } = args;
  write(state, storage.Axons, [netuid, who, { ...axon, block: BigInt(block) }]);
  deposit(context, subtensor, ["AxonServed", [netuid, who]]);
}
