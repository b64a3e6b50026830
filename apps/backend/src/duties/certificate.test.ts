import { signCertificate } from "@assay/core";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backend.ts";
import { createDesk, type Desk } from "../testing/desk.ts";
import { createWorld, hotkeyOf, NETUID, type World } from "../testing/world.ts";
import { certificateBlocksLeft, certificateDuty } from "./certificate.ts";

let world: World;
let desk: Desk;
beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
  await desk.blocks(5);
}, 60_000);
afterAll(async () => {
  await desk.close();
  await world.close();
});

/** What the duty says of a certificate for these blocks, by whom it is. */
async function saidOf(period: { fromBlock: number; untilBlock: number }, by = "Owner"): Promise<string[]> {
  const said: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void said.push(JSON.parse(line).msg) });
  const { genesis, signing } = desk.backend;
  const { signer } = signing.current();
  const body = { scheme: "assay-certificate-v1" as const, genesis, netuid: NETUID, key: signer.address };
  const certificate = await signCertificate({ ...body, ...period }, await hotkeyOf(by));
  const backend: Backend = {
    ...desk.backend,
    log,
    signing: { ...signing, current: () => ({ signer, certificate }) },
  };
  await certificateDuty(backend).run({ netuid: NETUID, name: "certificate", fence: 1 });
  return said;
}

test("a certificate that is good for long is nothing to talk about", async () => {
  expect(await saidOf({ fromBlock: 0, untilBlock: 1_000_000 })).toEqual([]);
  expect(certificateBlocksLeft(desk.backend)).toBeGreaterThan(900_000);
});

test.each([
  ["that ends within a week", { fromBlock: 0, untilBlock: 50_000 }, /runs out/],
  ["that has ended", { fromBlock: 0, untilBlock: 3 }, /not in force/],
  ["that has not begun", { fromBlock: 1_000, untilBlock: 1_000_000 }, /not in force/],
])("one %s is", async (_what, period, words) => {
  const said = await saidOf(period);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(words);
});

test("so is one of somebody who does not own the subnet", async () => {
  expect(await saidOf({ fromBlock: 0, untilBlock: 1_000_000 }, "Mia")).toEqual([
    "the certificate is not by the subnet's owner",
  ]);
});
