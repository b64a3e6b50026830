import type { Chain } from "@assay/chain";
import { type Competition, Thresholds } from "@assay/core";
import { containerSetup, identityOf, waypointNavigation } from "@assay/evaluator";
import { entries } from "../entries.ts";
import { NETUID, type Participant } from "./accounts.ts";
import { type LogLine, type Running, startProcess } from "./process.ts";
import type { UpReport } from "./report.ts";
import type { Backend, Run } from "./services.ts";
import { together } from "./together.ts";

/** Only what hangs takes so long: on a small machine all start at the same time. */
const READY_MS = 120_000;
/** Sample agents, from hopeless to careful, one for each miner. */
const AGENTS = ["random", "greedy", "hasty", "careful"] as const;

/** Opens the demo's competition on the evaluator this machine runs. */
export async function openCompetition(
  run: Run,
  { admin }: Backend,
  { cycleBlocks = 20, ...thresholds }: Partial<Thresholds> & { cycleBlocks?: number } = {},
): Promise<Competition> {
  const evaluator = identityOf(waypointNavigation());
  const competition = await admin.competitions.create({
    name: "waypoint navigation",
    task: evaluator.task,
    evaluator,
    cycleBlocks,
    thresholds: { ...Thresholds.parse({}), ...thresholds },
  });
  run.screen.line(
    "competition",
    `${competition.name}: success rate of at least ${competition.thresholds.minSuccessRate}`,
  );
  return competition;
}

export type Joining = {
  chain: Chain;
  backend: Backend;
  /** Where confirmed weights are noted. */
  extrinsics: UpReport["extrinsics"];
  onLog?: (validator: string, line: LogLine) => void;
};

/** Starts the three validators, each with a key of its own that the admin grants. */
export function startValidators(run: Run, joining: Joining): Promise<Running[]> {
  const validators = run.cast.filter(({ role }) => role === "validator");
  return together(validators.map((validator) => startValidator(run, { ...joining, validator })));
}

async function startValidator(
  { folder, screen, stack, signal }: Run,
  { chain, backend, extrinsics, onLog, validator }: Joining & { validator: Participant },
): Promise<Running> {
  const { name, hotkey, hotkeyUri } = validator;
  const { token } = await backend.admin.keys.create({ name, role: "validator", hotkey, expiresInDays: 1 });
  const running = await startProcess({
    name,
    entry: entries.validator,
    env: {
      ASSAY_BACKEND_URL: backend.url,
      ASSAY_API_KEY_FILE: folder.secret(`${name}.token`, token),
      ASSAY_CHAIN_URL: chain.endpoint,
      ASSAY_NETUID: String(NETUID),
      ASSAY_HOTKEY_FILE: folder.secret(`${name}.key`, hotkeyUri),
      ASSAY_HOME: folder.home(name),
      // Three of them on one machine need not spread their reconnections.
      ASSAY_RECONNECT_PAUSE_MS: "200",
      ...containerEnvironment(),
    },
    logFile: folder.log(name),
    readyMs: READY_MS,
    signal,
    // The subnet goes on without it, as a real one would.
    onDeath: ({ message }) => screen.bad(name, message),
    onLog: (line) => {
      onLog?.(name, line);
      const set = confirmedWeights(line);
      if (set === undefined) return;
      extrinsics.push({ hotkey, ...set });
      screen.good(name, `weights confirmed at block ${set.block}`);
    },
  });
  stack.defer(() => running.stop());
  screen.line(name, `runs with ${validator.stakeRao / 1_000_000_000n} α`);
  return running;
}

/** A validator runs agents that are containers as this process would. */
function containerEnvironment(): Record<string, string> {
  const setup = containerSetup();
  if (setup === undefined) return {};
  return { ...setup.environment, ASSAY_CONTAINER_COMMAND: setup.command.join(" ") };
}

function confirmedWeights(line: LogLine): { hash: string; block: number } | undefined {
  const { msg, hash, block } = line;
  if (msg !== "weights confirmed" || typeof hash !== "string" || typeof block !== "number") return undefined;
  return { hash, block };
}

type Entering = {
  readonly backend: Backend;
  /** The competition of the first, second … miner; the last one is everybody else's. */
  readonly competitions: readonly Competition[];
  readonly agents?: readonly string[];
};

/** Lets one miner for each agent build it and submit it. */
export async function submitAgents(run: Run, { agents = AGENTS, ...entering }: Entering): Promise<void> {
  const miners = run.cast.filter(({ role }) => role === "miner").slice(0, agents.length);
  await together(
    miners.map((miner, index) =>
      submitAgent(run, { ...entering, miner, index, agent: agents[index] ?? "random" }),
    ),
  );
}

async function submitAgent(
  { folder, stack, screen, signal }: Run,
  {
    backend,
    competitions,
    miner,
    index,
    agent,
  }: Entering & { miner: Participant; index: number; agent: string },
): Promise<void> {
  const { name, hotkeyUri } = miner;
  const competition = competitions[index] ?? competitions.at(-1);
  const submitted = await startProcess({
    name,
    entry: entries.miner,
    args: ["--agent", agent, ...(competition === undefined ? [] : ["--competition", competition.id])],
    env: {
      ASSAY_BACKEND_URL: backend.url,
      ASSAY_NETUID: String(NETUID),
      ASSAY_HOTKEY_FILE: folder.secret(`${name}.key`, hotkeyUri),
      ASSAY_HOME: folder.home(name),
    },
    logFile: folder.log(name),
    readyMs: READY_MS,
    signal,
  });
  stack.defer(() => submitted.stop());
  screen.line(name, `submitted its ${agent} agent`);
}
