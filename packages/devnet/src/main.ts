#!/usr/bin/env node
import { runDevnet } from "./run.ts";

// The channel to a parent would keep the process alive.
process.exit(await runDevnet(process.argv.slice(2)));
