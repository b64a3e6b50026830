import { expect, test } from "vitest";
import { containerSetup } from "./env.ts";
import { LineReader } from "./line-reader.ts";
import { isAbandoned, newNames } from "./names.ts";
import { runArguments } from "./run-arguments.ts";

const line = runArguments({ name: "one", image: "two" }).join(" ");

test.each([
  "--network none",
  "--ipc none",
  "--read-only",
  "--cap-drop ALL",
  "--security-opt no-new-privileges",
  "--user 65534:65534",
  "--pids-limit 64",
  "--memory 536870912b --memory-swap 536870912b",
  "--cpus 1",
  "--tmpfs /tmp:rw,noexec,nosuid,nodev,size=16777216",
  "--log-driver none",
  "--pull never",
  "--env HTTPS_PROXY= --env https_proxy=",
])("a container runs with %s", (flags) => expect(line).toContain(` ${flags} `));

test("it gets nothing of the host: no folder, no port, no device, no privilege, and its own program only", () => {
  expect(line).not.toMatch(/--(volume|mount|publish|device|privileged|env-file|cap-add|gpus)|[ =:]host/);
  expect(line).toMatch(/^run .*--name one .* --entrypoint \/agent two$/);
});

test("the command is split into words, and gets nothing of the environment but what finds the engine", () => {
  const environment = {
    ASSAY_CONTAINER_COMMAND: " podman  --runtime runc ",
    PATH: "/bin",
    HTTPS_PROXY: "secret",
  };
  expect(containerSetup(environment)).toEqual({
    command: ["podman", "--runtime", "runc"],
    environment: { PATH: "/bin" },
  });
  for (const ASSAY_CONTAINER_COMMAND of [undefined, "", " "])
    expect(containerSetup({ ASSAY_CONTAINER_COMMAND, PATH: "/bin" })).toBeUndefined();
});

test("names are never the same, and tell when nobody wants them any more", () => {
  const [one, other] = [newNames(5_000), newNames(5_000)];
  expect(one.name).not.toBe(other.name);
  for (const name of [one.name, one.image, `localhost/${one.image}`]) {
    expect(isAbandoned(name, 5_000)).toBe(false);
    expect(isAbandoned(name, 5_001)).toBe(true);
  }
  for (const name of ["postgres", "assay-agent-1-of-mine", `${one.name}-2`])
    expect(isAbandoned(name, 9_000)).toBe(false);
});

test("lines come out whole however they arrive, and a line that is too long is refused", () => {
  const reader = new LineReader(4);
  expect(reader.push(Buffer.from("ab"))).toEqual([]);
  expect(reader.push(Buffer.from("c\n\nde"))).toEqual(["abc", ""]);
  expect(reader.push(Buffer.from("fg\n"))).toEqual(["defg"]);
  expect(() => reader.push(Buffer.from("hijkl"))).toThrow(RangeError);
});
