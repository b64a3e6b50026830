import { verifyAuditChain } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDesk, type Desk, refusalOf } from "../testing/desk.ts";
import { createWorld, NETUID, type World } from "../testing/world.ts";

let world: World;
let desk: Desk;
beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
});
afterAll(async () => {
  await desk.close();
  await world.close();
});

const admin = () => desk.as("admin");

/** An admin key, and the procedures called with it past the check of the transport. */
async function someAdmin(name: string) {
  const { id } = await admin().keys.create({ name, role: "admin" });
  return { id, as: desk.as("admin", id.replace("key_", "")) };
}

async function actsNamed(action: string, target?: string) {
  const { items } = await admin().audit.list({ action, ...(target === undefined ? {} : { target }) });
  return items;
}

test("a key revoked after it was let in acts no more, and nothing of its act stays", async () => {
  const { id, as } = await someAdmin("leaving");
  await admin().keys.revoke({ id });
  const before = await actsNamed("key.create");
  const refused = await refusalOf(as.keys.create({ name: "back door", role: "admin" }));
  expect(refused).toMatchObject({ code: "API_KEY_REVOKED", facts: { id } });
  expect(await actsNamed("key.create")).toEqual(before);
  const { items } = await admin().keys.list({});
  expect(items.map(({ name }) => name)).not.toContain("back door");
});

test("a key may end itself, and replace itself", async () => {
  const [ending, replacing] = [await someAdmin("ending"), await someAdmin("replacing")];
  expect((await ending.as.keys.revoke({ id: ending.id })).revokedAt).not.toBeNull();
  expect((await replacing.as.keys.rotate({ id: replacing.id, overlapMinutes: 0 })).name).toBe("replacing");
});

test("of an act and the revocation of its key at once, the act stands only if it was first", async () => {
  for (let round = 0; round < 3; round += 1) {
    const { id, as } = await someAdmin(`racer ${round}`);
    const name = `made in the race ${round}`;
    const [refused] = await Promise.all([
      refusalOf(as.keys.create({ name, role: "viewer" })),
      admin().keys.revoke({ id }),
    ]);
    const [revoked] = await actsNamed("key.revoke", id);
    const made = (await actsNamed("key.create")).find(({ facts }) => facts["name"] === name);
    expect(refused?.code).toBe(made === undefined ? "API_KEY_REVOKED" : undefined);
    if (made !== undefined) expect(made.sequence).toBeLessThan(revoked?.sequence ?? 0);
  }
  expect(await verifyAuditChain(world.db, NETUID)).toMatchObject({ brokenAt: null });
});
