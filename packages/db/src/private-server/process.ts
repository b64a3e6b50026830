import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { DbError } from "../errors.ts";
import type { Account } from "./account.ts";
import { identity } from "./data-folder.ts";

/** A running postgres: `exited` resolves with the last lines it wrote, `stop` shuts it down fast. */
export type ServerProcess = { exited: Promise<string>; stop(): Promise<void> };

// The pipe on standard input ends when we stop the server, and also when we are killed: either way it shuts down,
// and its temporary folder goes with it, unless the start failed and will be tried again.
const WATCHED = `home=$1; shift
exec 3<&0
"$@" </dev/null & server=$!
{ cat <&3 >/dev/null; kill -INT $server 2>/dev/null; } & watcher=$!
wait $server; status=$?
kill $watcher 2>/dev/null
[ $status -ne 0 ] || rm -rf -- "$home"
exit $status`;

const READY = "database system is ready to accept connections";
const KEPT_LINES = 40;

export type ServerCommand = {
  command: readonly string[];
  /** Folder that is removed after a shutdown, for it may be that nobody else is left to do so. */
  home: string;
  account: Account | undefined;
};

/** Starts postgres in a session of its own, so that Ctrl-C in a terminal reaches us first and not the database. */
export async function startProcess({ command, home, account }: ServerCommand): Promise<ServerProcess> {
  const child = spawn("/bin/sh", ["-c", WATCHED, "sh", home, ...command], {
    ...identity(account),
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
  });
  child.stdin.on("error", () => {}); // The pipe breaks when the server is gone; `exited` tells.
  const lines = new LastLines(child.stderr);
  const exited = once(child, "close").then(() => lines.text());
  await Promise.race([lines.includes(READY), exited.then(refuseStart)]);
  return { exited, stop: () => stopProcess(child, exited) };
}

function refuseStart(output: string): never {
  throw new DbError({ code: "DB_SERVER_FAILED", step: "start", output });
}

async function stopProcess(
  child: ChildProcessByStdio<Writable, null, Readable>,
  exited: Promise<string>,
): Promise<void> {
  child.stdin.end();
  await exited;
}

/** The newest lines of a stream, for the message of a failure. */
class LastLines {
  readonly #lines: string[] = [];
  #partial = "";
  #waiting: { text: string; found: () => void } | undefined;

  constructor(stream: Readable) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => this.#take(text));
  }

  includes(text: string): Promise<void> {
    return new Promise((found) => {
      this.#waiting = { text, found };
    });
  }

  text(): string {
    return [...this.#lines, this.#partial].join("\n").trim();
  }

  #take(text: string): void {
    const [...complete] = (this.#partial + text).split("\n");
    this.#partial = complete.pop() ?? "";
    this.#lines.push(...complete);
    this.#lines.splice(0, this.#lines.length - KEPT_LINES);
    if (complete.some((line) => line.includes(this.#waiting?.text ?? "\n"))) this.#waiting?.found();
  }
}
