import {
  type Doc,
  eachOf,
  flagOf,
  listOf,
  numberOf,
  objectOf,
  optional,
  raoOf,
  refuseUnknown,
  textOf,
} from "./document.ts";
import { HYPERPARAMETER_ITEMS } from "./hyperparameters.ts";
import { pairOf } from "./recorded.ts";
import type { GenesisHyperparameters, GenesisNeuron, GenesisSpec, GenesisSubnet, KeyPair } from "./spec.ts";

/** Reads a genesis from parsed JSON; amounts are decimal strings or whole numbers. */
export function parseGenesis(json: unknown): GenesisSpec {
  const doc = objectOf({ value: json, path: "" });
  refuseUnknown(doc, [
    "chainName",
    "blockMs",
    "startTimeMs",
    "sudo",
    "balances",
    "stakeThresholdRao",
    "subnets",
  ]);
  return {
    chainName: textOf(doc.at("chainName")),
    ...optional("blockMs", doc, numberOf),
    ...optional("startTimeMs", doc, numberOf),
    sudo: textOf(doc.at("sudo")),
    balances: balancesOf(doc.at("balances")),
    ...optional("stakeThresholdRao", doc, raoOf),
    subnets: listOf(doc.at("subnets"), subnetOf),
  };
}

function balancesOf(doc: Doc): GenesisSpec["balances"] {
  return Object.fromEntries(eachOf(doc, raoOf));
}

function subnetOf(value: Doc): GenesisSubnet {
  const doc = objectOf(value);
  refuseUnknown(doc, ["netuid", "tempo", "weightsRateLimit", "owner", "hyperparameters", "neurons"]);
  return {
    netuid: numberOf(doc.at("netuid")),
    tempo: numberOf(doc.at("tempo")),
    weightsRateLimit: numberOf(doc.at("weightsRateLimit")),
    owner: keysOf(doc.at("owner")),
    ...optional("hyperparameters", doc, hyperparametersOf),
    neurons: listOf(doc.at("neurons"), neuronOf),
  };
}

function keysOf(value: Doc): KeyPair {
  const doc = objectOf(value);
  return { hotkey: textOf(doc.at("hotkey")), coldkey: textOf(doc.at("coldkey")) };
}

function neuronOf(value: Doc): GenesisNeuron {
  const doc = objectOf(value);
  refuseUnknown(doc, ["hotkey", "coldkey", "stakeRao", "validatorPermit", "weights"]);
  return {
    ...keysOf(value),
    ...optional("stakeRao", doc, raoOf),
    ...optional("validatorPermit", doc, flagOf),
    ...optional("weights", doc, (row) => listOf(row, pairOf)),
  };
}

/** Each override has the form of the storage item it goes to. */
function hyperparametersOf(value: Doc): GenesisHyperparameters {
  const doc = objectOf(value);
  refuseUnknown(doc, Object.keys(HYPERPARAMETER_ITEMS));
  const read = Object.entries(HYPERPARAMETER_ITEMS).flatMap(([name, item]) => {
    const given = doc.at(name);
    return given.value === undefined ? [] : [[name, valueLike(item.fallback, given)] as const];
  });
  return Object.fromEntries(read);
}

function valueLike(example: unknown, given: Doc): unknown {
  if (typeof example === "boolean") return flagOf(given);
  if (typeof example === "bigint") return raoOf(given);
  return Array.isArray(example) ? listOf(given, numberOf) : numberOf(given);
}
