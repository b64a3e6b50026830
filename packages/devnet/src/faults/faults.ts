import type { DevnetError } from "../errors.ts";
import { poolRefusal } from "../pool/refusal.ts";
import type { Fault } from "./fault.ts";

type Armed<F> = { readonly fault: F; left: number };
type AnswerFault = Extract<Fault, { kind: "drop" | "delay" }>;
type PoolFault = Extract<Fault, { kind: "pool" }>;

/** The faults that wait for their occasion. */
export class Faults {
  isStalled = false;
  isBeaconSilent = false;
  /** How far below the head states are still there. */
  keptStates = Number.POSITIVE_INFINITY;
  #answers: Armed<AnswerFault>[] = [];
  #refusals: Armed<PoolFault>[] = [];

  armAnswer(fault: AnswerFault): void {
    this.#answers.push({ fault, left: fault.times ?? 1 });
  }

  armPool(fault: PoolFault): void {
    this.#refusals.push({ fault, left: fault.times ?? 1 });
  }

  /** What happens to the answer of a frame that calls these methods: "lost", so many milliseconds late, or 0. */
  takeAnswer(methods: readonly string[]): "lost" | number {
    const isMeant = ({ fault, left }: Armed<AnswerFault>) =>
      left > 0 && (fault.method === "*" ? methods.length > 0 : methods.includes(fault.method));
    const armed = this.#answers.find(isMeant);
    if (armed === undefined) return 0;
    armed.left -= 1;
    return armed.fault.kind === "drop" ? "lost" : armed.fault.ms;
  }

  /** The refusal that the next extrinsic meets, if any. */
  takeRefusal(): DevnetError | undefined {
    const armed = this.#refusals.find(({ left }) => left > 0);
    if (armed === undefined) return undefined;
    armed.left -= 1;
    return poolRefusal(armed.fault.rpcCode, armed.fault.data);
  }

  clear(): void {
    this.isStalled = false;
    this.isBeaconSilent = false;
    this.keptStates = Number.POSITIVE_INFINITY;
    this.#answers = [];
    this.#refusals = [];
  }
}
