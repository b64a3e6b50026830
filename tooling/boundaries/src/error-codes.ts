import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, workspaces } from "./sources.ts";

type ErrorCode = { code: string; facts: string[]; about: string };

/** The members of a package's union of error facts, read from its `errors.ts`. */
export function errorCodesOf(text: string): ErrorCode[] {
  const union = /export type \w+ErrorFacts =([\s\S]*?);\n\n/.exec(`${text}\n\n`)?.[1] ?? "";
  const member = /(?:\/\*\*\s*([\s\S]*?)\s*\*\/\s*)?\|?\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g;
  return [...union.matchAll(member)].flatMap(([, about = "", body = ""]) => {
    const code = /code:\s*"([A-Z0-9_]+)"/.exec(body)?.[1];
    const facts = [...body.matchAll(/(?:readonly )?(\w+)\??:/g)].map((match) => match[1] ?? "");
    const words = about
      .replace(/\s*\n\s*\*\s*/g, " ")
      .replace(/\*$/, "")
      .trim();
    return code === undefined ? [] : [{ code, facts: facts.filter((name) => name !== "code"), about: words }];
  });
}

/** The page that lists every stable error code, as generated from the sources. */
export function errorPage(): string {
  const head = [
    "# Error codes",
    "",
    "Generated from each package's `errors.ts` by `npm run docs`. The code is the interface: it is never renamed and never reused.",
    "On the wire an error is `{ code, message, facts, requestId }`.",
  ];
  const sections = workspaces().flatMap(({ path, manifest }) => {
    const file = join(root, path, "src/errors.ts");
    const codes = existsSync(file) ? errorCodesOf(readFileSync(file, "utf8")) : [];
    if (codes.length === 0) return [];
    const described = codes.some(({ about }) => about !== "");
    const rows = codes.map(({ code, facts, about }) => {
      const cells = [
        `\`${code}\``,
        facts.map((fact) => `\`${fact}\``).join(", "),
        ...(described ? [about] : []),
      ];
      return `| ${cells.join(" | ")} |`;
    });
    const columns = ["code", "facts", ...(described ? ["when"] : [])];
    return [
      "",
      `## ${manifest.name}`,
      "",
      `| ${columns.join(" | ")} |`,
      `| ${columns.map(() => "---").join(" | ")} |`,
      ...rows,
    ];
  });
  return `${[...head, ...sections].join("\n")}\n`;
}
