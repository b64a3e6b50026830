import { expect, test } from "vitest";
import {
  Address,
  Block,
  BlockHash,
  CompetitionId,
  Finite,
  IsoTime,
  idOf,
  KeyId,
  Mechid,
  Netuid,
  PPB,
  Ppb,
  RaoText,
  Sha256,
  Share,
  Signature,
  Uid,
} from "./primitives.ts";

const uuid = "01890a5d-ac96-774b-bcce-b302099a8057";

test.each([
  ["Address", Address, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"],
  ["Netuid", Netuid, 65_535],
  ["Mechid", Mechid, 255],
  ["Uid", Uid, 0],
  ["Block", Block, 2_147_483_647],
  ["Ppb", Ppb, PPB],
  ["Sha256", Sha256, "0a".repeat(32)],
  ["BlockHash", BlockHash, `0x${"0a".repeat(32)}`],
  ["Signature", Signature, `0x${"0a".repeat(64)}`],
  ["IsoTime", IsoTime, "2026-01-31T23:59:59.999Z"],
  ["RaoText", RaoText, "18446744073709551615"],
  ["Finite", Finite, -1.5e300],
  ["Share", Share, 1],
  ["CompetitionId", CompetitionId, `competition_${uuid}`],
])("%s takes %j", (_name, schema, value) => {
  expect(schema.parse(value)).toBe(value);
});

test.each([
  ["Address", Address, ["", "5GrwvaEF0", `5${"0".repeat(47)}`, 5, null]],
  ["Netuid", Netuid, [-1, 65_536, 1.5, Number.NaN, "7"]],
  ["Mechid", Mechid, [256]],
  ["Uid", Uid, [65_536, Number.POSITIVE_INFINITY]],
  ["Block", Block, [-1, 2_147_483_648, 0.5]],
  ["Ppb", Ppb, [-1, PPB + 1, 0.5, Number.NaN]],
  ["Sha256", Sha256, ["0A".repeat(32), "0a".repeat(31), `0x${"0a".repeat(32)}`]],
  ["BlockHash", BlockHash, ["0a".repeat(32), `0x${"0A".repeat(32)}`]],
  ["Signature", Signature, [`0x${"0a".repeat(63)}`]],
  ["IsoTime", IsoTime, ["2026-01-31T23:59:59Z", "2026-01-31T23:59:59.999+01:00", "yesterday"]],
  ["RaoText", RaoText, ["01", "-1", "1.5", "", "1e9"]],
  ["Finite", Finite, [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, "1"]],
  ["Share", Share, [-0.001, 1.001, Number.NaN]],
  ["KeyId", KeyId, [`competition_${uuid}`, uuid, `key_${uuid.replace("774b", "474b")}`]],
])("%s refuses %j", (_name, schema, values) => {
  for (const value of values) expect(schema.safeParse(value).success).toBe(false);
});

test("each kind of id has its own prefix", () => {
  const schema = idOf("snapshot");
  expect(schema.safeParse(`snapshot_${uuid}`).success).toBe(true);
  expect(schema.safeParse(`job_${uuid}`).success).toBe(false);
});
