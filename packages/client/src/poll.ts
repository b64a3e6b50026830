import { SignedSnapshot } from "@assay/core";
import { ClientError } from "./errors.ts";
import { credentialsOf, reasonOf } from "./http.ts";
import type { Settings } from "./settings.ts";
import { readWireError } from "./wire-error.ts";

const PATH = "snapshots.latest";

/** Asks for the newest snapshot over HTTP, for whoever can't open a WebSocket; what has not changed is not sent again. */
export class SnapshotPoll {
  readonly #settings: Settings;
  readonly #url: URL;
  #etag: string | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#url = new URL(settings.httpUrl.replace(/trpc$/, "snapshots/latest"));
  }

  /** The newest snapshot; undefined if it is the one that was answered last, or there is none. Throws ClientError. */
  async next(signal: AbortSignal | undefined): Promise<SignedSnapshot | undefined> {
    const response = await this.#ask(signal);
    if (response.status === 304) return undefined;
    const answer = await this.#read(response);
    if (!response.ok) return this.#refused(answer, response.status);
    const parsed = SignedSnapshot.safeParse(answer);
    if (!parsed.success) throw bad(response.status, parsed.error.issues[0]?.message ?? "not a snapshot");
    this.#etag = response.headers.get("etag") ?? undefined;
    return parsed.data;
  }

  async #ask(asked: AbortSignal | undefined): Promise<Response> {
    const { fetch, timeoutMs } = this.#settings;
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = asked === undefined ? deadline : AbortSignal.any([asked, deadline]);
    const request = { purpose: PATH, method: "GET", url: this.#url, body: "" } as const;
    const credentials = await credentialsOf(request, this.#settings);
    const headers = { ...credentials, ...(this.#etag === undefined ? {} : { "if-none-match": this.#etag }) };
    try {
      return await fetch(this.#url, { headers, signal, redirect: "error" });
    } catch (cause) {
      const url = this.#url.href;
      throw deadline.aborted
        ? new ClientError({ code: "CLIENT_TIMEOUT", path: PATH, timeoutMs })
        : new ClientError({ code: "CLIENT_UNREACHABLE", url, reason: reasonOf(cause) }, undefined, { cause });
    }
  }

  async #read(response: Response): Promise<unknown> {
    try {
      return await response.json();
    } catch (cause) {
      throw bad(response.status, reasonOf(cause));
    }
  }

  #refused(answer: unknown, status: number): undefined {
    const refusal = readWireError(answer) ?? bad(status, "neither a snapshot nor a refusal");
    if (refusal.code !== "API_NOT_FOUND") throw refusal;
  }
}

function bad(status: number, reason: string): ClientError {
  return new ClientError({ code: "CLIENT_BAD_ANSWER", path: PATH, status, reason });
}
