import type { Chain, Neuron, WeightRules } from "@assay/chain";
import { shownEndpoint } from "@assay/chain/networks";
import { verifySignature } from "@assay/chain/wallet";
import { openSnapshot, type SnapshotBody } from "@assay/core";
import { isOlder, softwareVersion } from "../version.ts";
import { type Finding, fail, type Patient, type Probe, pass, warn } from "./doctor-finding.ts";

/** What lies elsewhere: chain endpoints, backend, and our place on the subnet. */
export const SUBNET_PROBES: readonly Probe[] = [
  { name: "chain", look: endpointsOf },
  { name: "subnet", look: placeOf },
  { name: "commit-reveal", look: wayOf },
  { name: "backend", look: backendOf },
  { name: "snapshot", look: snapshotOf },
];

async function endpointsOf({ settings, connect }: Patient): Promise<Finding[]> {
  const found = await Promise.all(settings.chainUrl.map((url) => endpointOf(url, connect)));
  const genesis = new Set(found.flatMap(({ genesisHash }) => genesisHash ?? []));
  const findings = found.map(({ finding }) => finding);
  if (genesis.size < 2) return findings;
  return [
    ...findings,
    fail("chain", "the endpoints serve different chains", "name endpoints of one network only"),
  ];
}

async function endpointOf(
  url: string,
  connect: Patient["connect"],
): Promise<{ finding: Finding; genesisHash?: string }> {
  try {
    const chain = await connect(url);
    try {
      const { block } = await chain.finalisedHead();
      const { specVersion, changes } = await chain.runtimeReport();
      const says = `${shownEndpoint(url)}: block ${block}, spec ${specVersion}`;
      const changed = changes.map(({ item }) => item).join(", ");
      const finding =
        changes.length === 0
          ? pass("chain", says)
          : warn(
              "chain",
              `${says}, changed: ${changed}`,
              "update: what changed is not used until this version knows it",
            );
      return { finding, genesisHash: chain.genesisHash };
    } finally {
      await chain.close();
    }
  } catch (error) {
    const says = `${shownEndpoint(url)}: ${error instanceof Error ? error.message : String(error)}`;
    return {
      finding: fail(
        "chain",
        says,
        "check the address, or name another endpoint (ASSAY_CHAIN_URL takes several)",
      ),
    };
  }
}

async function placeOf({ chain, settings, signer }: Patient): Promise<Finding[]> {
  if (chain === undefined || signer === undefined) return [];
  const { netuid, mechid } = settings;
  const { hash } = await chain.finalisedHead();
  const { neurons, ownerHotkey, tempo } = await chain.metagraph(netuid, { mechid, at: hash });
  const rules = await chain.weightRules(netuid, { mechid, at: hash });
  const neuron = neurons.find(({ hotkey }) => hotkey === signer.address);
  if (neuron === undefined) {
    const says = `${signer.address} is not registered on subnet ${netuid}`;
    return [fail("registered", says, "register the hotkey, or check wallet and netuid")];
  }
  const isOwner = ownerHotkey === signer.address;
  return [
    pass("registered", `uid ${neuron.uid} on subnet ${netuid}`),
    permitOf(neuron, isOwner),
    stakeOf(neuron, { rules, isOwner }),
    rateLimitOf(rules, tempo),
  ];
}

function permitOf({ uid, validatorPermit }: Neuron, isOwner: boolean): Finding {
  if (validatorPermit || isOwner)
    return pass("permit", isOwner ? "the owner needs none" : `uid ${uid} has one`);
  return fail(
    "permit",
    `uid ${uid} has no validator permit`,
    "permits go to the highest stakes each epoch: add stake",
  );
}

function stakeOf(
  { stakeRao }: Neuron,
  { rules, isOwner }: { rules: WeightRules; isOwner: boolean },
): Finding {
  const says = `stake weight ${alpha(stakeRao)} α, asked for are ${alpha(rules.stakeThreshold)} α`;
  if (stakeRao >= rules.stakeThreshold || isOwner) return pass("stake", says);
  return fail("stake", says, "add stake to the hotkey");
}

/** Rao as people write amounts: three decimals, rounded down. */
function alpha(rao: bigint): string {
  return `${rao / 1_000_000_000n}.${String((rao / 1_000_000n) % 1_000n).padStart(3, "0")}`;
}

function rateLimitOf({ weightsRateLimit }: WeightRules, tempo: number): Finding {
  const says = `one set every ${weightsRateLimit} blocks, one epoch is ${tempo}`;
  if (weightsRateLimit <= tempo) return pass("rate limit", says);
  return warn(
    "rate limit",
    says,
    "weights cannot be set in every epoch; the last ones stay in force meanwhile",
  );
}

async function wayOf({ chain, settings }: Patient): Promise<Finding[]> {
  if (chain === undefined) return [];
  const plan = await chain.planWeights({ netuid: settings.netuid });
  if (plan.kind !== "refused") {
    const ways = {
      direct: "off: weights are set in the open",
      timelock: "on: weights are timelocked",
      hash: "on",
    };
    return [pass("commit-reveal", ways[plan.kind])];
  }
  const { error, message, retryable } = plan;
  const judge = retryable ? warn : fail;
  return [
    judge(
      "commit-reveal",
      `${error}: ${message}`,
      retryable ? "wait" : "weights have no way to this chain now",
    ),
  ];
}

async function backendOf({ client, settings, chain }: Patient): Promise<Finding[]> {
  if (client === undefined) return [];
  const { softwareVersion: theirs, netuid, genesis } = await client.system.info();
  const says = `${settings.backendUrl}: version ${theirs}, subnet ${netuid}`;
  if (netuid !== settings.netuid)
    return [
      fail(
        "backend",
        says,
        `this validator is for subnet ${settings.netuid}: check ASSAY_NETUID and ASSAY_BACKEND_URL`,
      ),
    ];
  if (chain !== undefined && genesis !== chain.genesisHash)
    return [fail("backend", `${says}, on another chain`, "check ASSAY_BACKEND_URL and ASSAY_CHAIN_URL")];
  return [pass("backend", says)];
}

async function snapshotOf(patient: Patient): Promise<Finding[]> {
  const { client, chain, settings } = patient;
  if (client === undefined) return [];
  const signed = await client.snapshots.latest().catch(noneYet);
  if (signed === undefined)
    return [warn("api key", "accepted, but there is no snapshot yet", "wait for the backend's first one")];
  const accepted = pass("api key", "accepted");
  if (chain === undefined) return [accepted];
  const { netuid, mechid, authority } = settings;
  const { block, hash } = await chain.finalisedHead();
  const ownerHotkey = authority ?? (await chain.metagraph(netuid, { mechid, at: hash })).ownerHotkey;
  const trust = { ownerHotkey, genesis: chain.genesisHash, netuid, mechid, block, verify: verifySignature };
  const body = await openSnapshot({ signed, ...trust });
  return [accepted, validityOf(body, block), versionOf(body), await versionKeyOf(body, { chain, hash })];
}

/** A backend without a snapshot has recognised the key all the same. */
function noneYet(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "API_NOT_FOUND") return undefined;
  throw error;
}

function validityOf({ version, validUntil, onExpiry }: SnapshotBody, block: number): Finding {
  const says = `version ${version}, certified by the owner, valid until block ${validUntil} (now ${block})`;
  if (validUntil > block) return pass("snapshot", says);
  return warn(
    "snapshot",
    says,
    `it is over and says "${onExpiry}": ask the subnet's owner why no newer one comes`,
  );
}

function versionOf({ rules }: SnapshotBody): Finding {
  const { minValidatorVersion } = rules;
  const says = `this is ${softwareVersion}, the rules ask for ${minValidatorVersion}`;
  return isOlder(softwareVersion, minValidatorVersion)
    ? fail("version", says, "update this software")
    : pass("version", says);
}

async function versionKeyOf(
  { rules }: SnapshotBody,
  { chain, hash }: { chain: Chain; hash: string },
): Promise<Finding> {
  const { weightsVersionKey } = await chain.weightRules(rules.netuid, { mechid: rules.mechid, at: hash });
  const says = `the rules say ${rules.versionKey}, the chain asks for ${weightsVersionKey}`;
  if (BigInt(rules.versionKey) >= weightsVersionKey) return pass("version key", says);
  return fail(
    "version key",
    says,
    "the chain would refuse the weights: the subnet's owner must publish newer rules",
  );
}
