import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("clients, which import these types, need none of the HTTP servers' types", () => {
  const sources = globSync("*.ts", { cwd: import.meta.dirname }).filter((name) => !name.endsWith(".test.ts"));
  const imports = sources.flatMap((name) => {
    const text = readFileSync(`${import.meta.dirname}/${name}`, "utf8");
    return [...text.matchAll(/^import (.*) from "trpc-to-openapi";$/gm)].map(
      ([, what]) => `${name}: ${what}`,
    );
  });
  // A value of theirs appears in no declaration of ours; a type of theirs would.
  expect(imports).toEqual(["openapi.ts: { generateOpenApiDocument }"]);
});
