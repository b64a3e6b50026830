import { homeFolder } from "../env.ts";
import { EXIT } from "../errors.ts";
import { type Output, shortAddress } from "../output.ts";
import { NETUID } from "./accounts.ts";
import { announceDemo } from "./announce.ts";
import type { Decider } from "./decisions.ts";
import { type DemoOptions, runDemo } from "./demo.ts";
import { createRunFolder } from "./folder.ts";
import { leaderEarned, type UpReport } from "./report.ts";
import { createScreen } from "./screen.ts";
import { onInterrupt } from "./signals.ts";
import { createStack, type Stack } from "./stack.ts";

export type UpFlags = {
  epochs?: number;
  autoApprove: boolean;
  autoReject: boolean;
  hold: boolean;
  json: boolean;
  port: number;
  backendPort: number;
};

/** `assay up`: answers with the exit code, 0 only if the approved leader earned incentive. */
export async function up(flags: UpFlags, out: Output): Promise<number> {
  const home = homeFolder();
  const folder = createRunFolder(home, Date.now());
  const screen = createScreen(
    (text) => void (flags.json ? process.stderr : process.stdout).write(text),
    Date.now,
  );
  const stack = createStack();
  const interrupt = onInterrupt(screen);
  const onReady: DemoOptions["onReady"] = ({ adminToken, ...addresses }) => {
    const adminKeyFile = folder.secret("admin.token", adminToken);
    const withdraw = announceDemo(home, { ...addresses, netuid: NETUID, adminKeyFile });
    stack.defer(async () => withdraw());
  };
  try {
    const report = await closing(stack, {
      epochs: flags.epochs,
      decider: deciderOf(flags),
      devnetPort: flags.port,
      backendPort: flags.backendPort,
      folder,
      screen,
      stack,
      interrupt: interrupt.controller,
      onReady,
    });
    if (flags.json) out.result(JSON.stringify(report));
    if (flags.hold && !interrupt.controller.signal.aborted) await holdDevnet(report, { screen, interrupt });
    return conclude(report, { screen, flags, isInterrupted: interrupt.controller.signal.aborted });
  } catch (error) {
    if (error === interrupt.controller.signal.reason) return EXIT.interrupted;
    throw error;
  } finally {
    await stack.closeLast();
    interrupt.release();
    folder.forgetSecrets();
    screen.line("logs", folder.path);
  }
}

/** Runs the demo and closes everything but the chain, also when it fails. */
async function closing(stack: Stack, options: DemoOptions): Promise<UpReport> {
  try {
    return await runDemo(options);
  } finally {
    await stack.close();
  }
}

function deciderOf({ autoApprove, autoReject, json }: UpFlags): Decider {
  if (autoApprove) return "approve";
  if (autoReject) return "reject";
  return process.stdin.isTTY && process.stdout.isTTY && !json ? "person-here" : "person-elsewhere";
}

type Interrupt = ReturnType<typeof onInterrupt>;
type Screen = ReturnType<typeof createScreen>;

async function holdDevnet(
  { endpoint }: UpReport,
  { screen, interrupt }: { screen: Screen; interrupt: Interrupt },
): Promise<void> {
  screen.line("devnet", `stays up at ${endpoint} until Ctrl-C`);
  await interrupt.happened;
}

function conclude(
  report: UpReport,
  { screen, flags, isInterrupted }: { screen: Screen; flags: UpFlags; isInterrupted: boolean },
): number {
  if (leaderEarned(report)) {
    screen.good("done", `${shortAddress(report.leader?.hotkey ?? "")} was approved and earned incentive`);
    return EXIT.done;
  }
  if (isInterrupted && report.epochs.length !== flags.epochs) return EXIT.interrupted;
  const why =
    report.leader === null
      ? "nobody was approved, so the share burnt"
      : "the leader has not earned incentive yet";
  screen.bad("done", why);
  return EXIT.failed;
}
