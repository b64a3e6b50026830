/** What a container client needs to find its engine; everything else of our environment stays here. */
const NEEDED = [
  "PATH",
  "HOME",
  "TMPDIR",
  "XDG_RUNTIME_DIR",
  "XDG_CONFIG_HOME",
  "DOCKER_HOST",
  "DOCKER_CONTEXT",
  "DOCKER_CERT_PATH",
  "DOCKER_TLS_VERIFY",
  "CONTAINER_HOST",
  "CONTAINERS_CONF",
] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** How this host runs containers: a Docker-compatible command with its own arguments, and the command's environment. */
export type ContainerSetup = {
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
};

/** Reads `ASSAY_CONTAINER_COMMAND`, such as `docker` or `podman --runtime runc`; undefined where it is unset or empty. */
export function containerSetup(environment: Environment = process.env): ContainerSetup | undefined {
  const [program, ...own] = (environment["ASSAY_CONTAINER_COMMAND"] ?? "").split(/\s+/).filter(Boolean);
  if (program === undefined) return undefined;
  return { command: [program, ...own], environment: clientEnvironment(environment) };
}

function clientEnvironment(environment: Environment): Record<string, string> {
  const pairs = NEEDED.map((name) => [name, environment[name]] as const);
  return Object.fromEntries(
    pairs.filter((pair): pair is [(typeof pair)[0], string] => pair[1] !== undefined),
  );
}
