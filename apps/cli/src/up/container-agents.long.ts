import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signerFromUri } from "@assay/chain/wallet";
import { createClient } from "@assay/client";
import type { Competition, Submission } from "@assay/core";
import { afterAll, expect, test, vi } from "vitest";
import { STILL_AGENT } from "../testing/agents.ts";
import { assay } from "../testing/assay.ts";
import { engineHere, packAgent, packDocumentedAgent } from "../testing/container-agents.ts";
import { type RealSubnet, startRealSubnet } from "../testing/real-subnet.ts";
import { NETUID } from "./accounts.ts";
import { createRunFolder } from "./folder.ts";

const MINUTE_MS = 60_000;
/** Agents run one after the other at each of three validators, in containers, on a machine that may be slow. */
const MOST_BLOCKS = 400;
const EPISODES = 30;
const TASK = "waypoint-navigation-container";

const folder = mkdtempSync(join(tmpdir(), "assay-containers-"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const packed = packDocumentedAgent(folder);
const { setup, tried } = await engineHere(packed);
const documented = packed ?? "";

test("this machine either runs containers, or says what was tried", () => {
  const proven = setup === undefined ? "NOT PROVEN HERE" : `run with ${setup.command.join(" ")}`;
  console.info([`container agents from submission to candidate: ${proven}`, ...tried].join("\n  tried "));
  expect(setup !== undefined || tried.length > 0).toBe(true);
});

/** The commands of an admin and of miners, as they would type them. */
class People {
  readonly #subnet: RealSubnet;
  readonly #secrets = createRunFolder(join(folder, "people"), 0);

  constructor(subnet: RealSubnet) {
    this.#subnet = subnet;
  }

  async open(): Promise<Competition> {
    const key = this.#secrets.secret("admin.token", this.#subnet.database.adminToken);
    const thresholds = ["minSuccessRate=0.01", `minEpisodes=${EPISODES}`, `maxEpisodes=${EPISODES}`];
    const flags = thresholds.flatMap((one) => ["--threshold", one]);
    const opening = ["competitions", "create", "--name", "boxes", "--task", TASK, "--cycle-blocks", "40"];
    return this.#say(...opening, ...flags, "--api-key-file", key);
  }

  async submit(miner: string, file: string, { id }: Competition): Promise<Submission> {
    const key = this.#secrets.secret(`${miner}.key`, `//assay//${miner}//hotkey`);
    const args = ["submit", file, "--competition", id, "--hotkey-file", key];
    const said = await this.#say<{ submission: Submission }>(...args);
    return said.submission;
  }

  explain({ id }: Submission): Promise<unknown> {
    return this.#say("submissions", "explain", id);
  }

  async #say<Result>(...args: string[]): Promise<Result> {
    const { code, results, notes } = await assay(...args, "--url", this.#subnet.url, "--json");
    expect([code, notes]).toEqual([0, ""]);
    return JSON.parse(results.join("")) as Result;
  }
}

/** A stranger does not use our commands, which refuse what is no image. */
async function submitModule({ url }: RealSubnet, { id }: Competition): Promise<Submission> {
  const signer = await signerFromUri("//assay//miner-4//hotkey");
  const { submission } = await createClient({ url, netuid: NETUID, signer }).submitAgent(STILL_AGENT, id);
  return submission;
}

/** What the backend stores under a hash are other bytes from now on. */
function swapBytes({ sha256 }: Submission): void {
  const [file, ...others] = globSync(`**/backend/artefacts/*/${sha256}`, { cwd: folder });
  expect(others).toEqual([]);
  writeFileSync(join(folder, file ?? "none"), readFileSync(documented));
}

/** Makes blocks until every submission is judged. */
async function judge(
  subnet: RealSubnet,
  { competition, count }: { competition: Competition; count: number },
) {
  for (let made = 0; made < MOST_BLOCKS; made++) {
    await subnet.gatheringBlock([competition]);
    const { items = [] } = (await subnet.admin?.submissions.list({ competitionId: competition.id })) ?? {};
    const isOpen = ({ status }: Submission) => status === "waiting" || status === "evaluating";
    if (items.length === count && !items.some(isOpen)) return;
  }
  throw new Error(`not every agent was judged within ${MOST_BLOCKS} blocks`);
}

const by = (outcome: string, code: string | null) =>
  Array.from({ length: 3 }, () => ({ validator: expect.any(String), outcome, code }));

if (setup !== undefined)
  test(
    "containers are submitted, fetched, checked, run, signed and judged, and the good one is a candidate",
    async () => {
      vi.stubEnv("ASSAY_CONTAINER_COMMAND", setup.command.join(" "));
      vi.stubEnv("ASSAY_HOME", join(folder, "home"));
      const reported: unknown[] = [];
      const subnet = await startRealSubnet(folder, (_, { msg, ...facts }) => {
        if (msg === "job evaluated") reported.push(facts);
      });
      try {
        const people = new People(subnet);
        const competition = await people.open();
        const ending = packAgent(folder, { name: "ending", script: "#!/bin/sh\nexit 7" });
        const swapped = packAgent(folder, { name: "swapped", script: "#!/bin/sh\nexit 8" });
        const good = await people.submit("miner-1", documented, competition);
        const bad = await people.submit("miner-2", ending, competition);
        const stolen = await people.submit("miner-3", swapped, competition);
        const module = await submitModule(subnet, competition);
        swapBytes(stolen);
        await judge(subnet, { competition, count: 4 });
        expect(await people.explain(good)).toMatchObject({
          submission: { status: "candidate", figures: { episodes: EPISODES }, failure: null },
          validators: by("scored", null),
          candidate: { status: "pending" },
        });
        expect(await people.explain(bad)).toMatchObject({
          submission: { failure: { code: "EVALUATOR_AGENT_TRAP" } },
          validators: by("scored", null),
          candidate: null,
        });
        expect(await people.explain(module)).toMatchObject({
          submission: { failure: { code: "EVALUATOR_AGENT_REFUSED" } },
          candidate: null,
        });
        expect(await people.explain(stolen)).toMatchObject({
          submission: { status: "unscored", failure: null },
          validators: by("failed", "CLIENT_ARTEFACT_MISMATCH"),
        });
        expect(reported).toHaveLength(9);
      } finally {
        await subnet.close();
      }
    },
    15 * MINUTE_MS,
  );
