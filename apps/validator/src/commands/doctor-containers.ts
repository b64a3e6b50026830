import { type Confinement, containerSetup, type EngineReport, examineEngine } from "@assay/evaluator";
import { type Finding, fail, type Patient, type Probe, pass, warn } from "./doctor-finding.ts";

const NAME = "containers";

const LIMITS_ADVICE =
  "a rootless engine needs control groups of version 2 for this: without, one agent can take the whole host";
const ADVICE: Readonly<Record<string, string>> = {
  memory: LIMITS_ADVICE,
  processes: LIMITS_ADVICE,
};
const OTHER_ADVICE =
  "do not run agents with it: look what its configuration (containers.conf, daemon.json) adds to the arguments it is given";

/** How agents that are containers would run here, shown by one of our own; nothing to say where none are. */
export const CONTAINER_PROBE: Probe = { name: NAME, look: containersOf };

async function containersOf({ settings }: Patient): Promise<Finding[]> {
  if (!settings.duties.includes("evaluate")) return [];
  const setup = containerSetup();
  if (setup === undefined) return [];
  try {
    return findingsOf(await examineEngine(setup));
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return [fail(NAME, says, `run ${setup.command.join(" ")} by hand, as the user that runs the validator`)];
  }
}

/** What there is to be said about an engine; `pass` only if everything was seen to hold. */
export function findingsOf({ engine, hasOwnUsers, confinements }: EngineReport): Finding[] {
  const wrong = confinements.filter(({ holds }) => holds !== true).map(wrongOf);
  const held = confinements.filter(({ holds }) => holds === true);
  const found = `${engine}: ${held.map(({ name, says }) => `${name} ${says}`).join(", ")}`;
  const users = hasOwnUsers === false ? [besideTheKey()] : [];
  return [
    ...(wrong.length === 0 ? [pass(NAME, found)] : wrong.map((finding) => named(engine, finding))),
    ...users,
  ];
}

function wrongOf({ name, holds, says }: Confinement): Finding {
  const advice = ADVICE[name] ?? OTHER_ADVICE;
  return (holds === null ? warn : fail)(NAME, `${name}: ${says}`, advice);
}

function named(engine: string, finding: Finding): Finding {
  return { ...finding, says: `${engine}: ${finding.says}` };
}

function besideTheKey(): Finding {
  return warn(
    NAME,
    "a user of a container is one of this host, too, beside the key",
    "let a host of its own join with assay evaluator --join, or use a rootless engine",
  );
}
