import { readJoinSecret } from "../evaluators/secret.ts";
import { LOCAL_ADDRESS } from "../evaluators/server.ts";
import { type Finding, fail, type Patient, type Probe, pass, warn } from "./doctor-finding.ts";

const NAME = "evaluators";
const ASK_MS = 5_000;

/** Where evaluators of other hosts join; nothing to say while that is not asked for. */
export const EVALUATOR_PROBE: Probe = { name: NAME, look: evaluatorsOf };

async function evaluatorsOf({ settings }: Patient): Promise<Finding[]> {
  const { evaluatorPort: port, evaluatorHost: host, joinSecretFile, duties } = settings;
  if (port === null || joinSecretFile === null) return [];
  if (!duties.includes("evaluate"))
    return [
      warn(
        NAME,
        "a port is named, but nothing is evaluated here",
        "add evaluate to --duties, or drop the port",
      ),
    ];
  try {
    readJoinSecret(joinSecretFile);
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return [fail(NAME, says, "make one with: openssl rand -hex 32, and copy it to the evaluators")];
  }
  return [await reachOf({ host, port })];
}

/** A running validator answers a plain request there; whether anybody has joined `status` tells. */
async function reachOf({ host, port }: { host: string; port: number }): Promise<Finding> {
  const place = `${host} port ${port}`;
  if (!LOCAL_ADDRESS.test(host))
    return warn(
      NAME,
      `${place}: other hosts reach it without TLS`,
      "listen on 127.0.0.1 behind a proxy that speaks TLS, unless the network is private",
    );
  return (await answers({ host, port }))
    ? pass(NAME, `${place}: a running validator listens`)
    : pass(NAME, `${place}: the secret is sound, the validator will listen once it runs`);
}

async function answers({ host, port }: { host: string; port: number }): Promise<boolean> {
  const name = host.includes(":") ? `[${host}]` : host;
  const signal = AbortSignal.timeout(ASK_MS);
  return fetch(`http://${name}:${port}/`, { signal }).then(
    ({ status }) => status === 426,
    () => false,
  );
}
