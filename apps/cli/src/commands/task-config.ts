import { builtInTasks, type Task, taskFor } from "@assay/evaluator";
import { z } from "zod";
import { readJson } from "../env.ts";
import { CliError } from "../errors.ts";

const Config = z.record(z.string(), z.json());
type Config = z.infer<typeof Config>;

/** A task of this machine's evaluator by name, with the configuration in a file if one is named. */
export function configuredTask(name: string, file: string | undefined): { task: Task; config: Config } {
  const builtIn = builtInTasks.find((task) => task.name === name);
  if (builtIn !== undefined) {
    const config = file === undefined ? {} : readConfig(file);
    return { task: taskFor({ task: name, version: builtIn.version }, config), config };
  }
  const names = builtInTasks.map((task) => task.name).join(", ");
  throw new CliError({ code: "CLI_USAGE" }, `there is no task ${name}; there are ${names}`);
}

function readConfig(file: string): Config {
  const { success, data, error: cause } = Config.safeParse(readJson(file));
  if (success) return data;
  throw new CliError({ code: "CLI_NOT_JSON", file }, `${file} is not a JSON object`, { cause });
}
