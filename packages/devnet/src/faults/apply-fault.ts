import { DevnetError } from "../errors.ts";
import type { Node } from "../node.ts";
import { changePermit, changeRules, takeOverUid } from "./alter-head.ts";
import { upgraded } from "./edit-metadata.ts";
import type { Fault } from "./fault.ts";

const USUAL_LAG = 1;

/** Lets something go wrong with a node, now or at the next occasion. */
export function applyFault(node: Node, fault: Fault): void {
  const { faults, chain } = node;
  switch (fault.kind) {
    case "reorg":
      return reorganise(node, fault);
    case "stall":
      faults.isStalled = true;
      return;
    case "beacon":
      faults.isBeaconSilent = true;
      return;
    case "drop":
    case "delay":
      return faults.armAnswer(fault);
    case "pool":
      return faults.armPool(fault);
    case "finality":
      chain.finalityLag = fault.lag;
      return;
    case "upgrade":
      return node.upgrade(upgraded(node.runtimeAt(chain.head.number), fault));
    case "rules":
      return changeRules(node, fault);
    case "replace":
      return takeOverUid(node, fault);
    case "permit":
      return changePermit(node, fault);
    case "prune":
      faults.keptStates = fault.keep;
      return;
    case "clear":
      chain.finalityLag = USUAL_LAG;
      return faults.clear();
  }
}

function reorganise(node: Node, { depth, drop = false }: Extract<Fault, { kind: "reorg" }>): void {
  if (depth < 1 || depth > node.chain.head.number) {
    const problem = `a reorg goes back 1 to ${node.chain.head.number} blocks, not ${depth}`;
    throw new DevnetError({ code: "DEVNET_FAULT_IMPOSSIBLE", problem }, problem);
  }
  node.rewind(depth, { drop });
  for (let made = 0; made <= depth; made += 1) node.produce();
}
