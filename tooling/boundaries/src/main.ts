import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorPage } from "./error-codes.ts";
import { root } from "./sources.ts";

writeFileSync(join(root, "docs/errors.md"), errorPage());
