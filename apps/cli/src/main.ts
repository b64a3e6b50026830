#!/usr/bin/env node
import { terminal } from "./output.ts";
import { createProgram } from "./program.ts";

// Idle keep-alive connections would hold the process for seconds after everything is done.
process.exit(await createProgram(terminal).run(process.argv));
