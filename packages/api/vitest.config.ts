import { defineProject } from "vitest/config";

// The test files share nothing that could leak, and loading what they import costs more than most of them.
export default defineProject({ test: { name: "@assay/api", isolate: false } });
