import { parseArgs } from "node:util";
import { play } from "./play.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "0" },
    epochs: { type: "string", default: "10" },
    validators: { type: "string", default: "3" },
    sealed: { type: "boolean", default: false },
  },
});

const score = await play({
  seed: values.seed,
  epochs: Number(values.epochs),
  validators: Number(values.validators),
  isSealed: values.sealed,
});
process.stdout.write(`${JSON.stringify(score)}\n`);
