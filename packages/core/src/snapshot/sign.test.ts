import { expect, test } from "vitest";
import { canonicalJson } from "../canonical/canonical-json.ts";
import { Certificate, SignedSnapshot } from "../schema/snapshot.ts";
import { buildSnapshotBody } from "./build.ts";
import { signCertificate, signSnapshot } from "./sign.ts";
import { newSubnet, snapshotInput } from "./test/snapshots.ts";

test("what travels is the canonical text, its signature, the key and its certificate", async () => {
  const { owner, authority, certificateBody, known } = newSubnet();
  const certificate = await signCertificate(certificateBody, owner);
  expect(Certificate.parse(certificate)).toEqual(certificate);
  expect(certificate).toMatchObject({ body: canonicalJson(certificateBody), ownerHotkey: owner.address });

  const body = await buildSnapshotBody(snapshotInput());
  const signed = await signSnapshot(body, { signer: authority, certificate });
  expect(SignedSnapshot.parse(signed)).toEqual(signed);
  expect(signed).toMatchObject({
    version: 3,
    body: canonicalJson(body),
    key: authority.address,
    certificate,
  });
  expect(known.verify(new TextEncoder().encode(signed.body), signed.signature, signed.key)).toBe(true);
});
