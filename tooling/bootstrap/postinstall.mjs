// `npm install` at the root would install only the root: hand over to pnpm, which installs the workspace.
if (process.env.npm_config_user_agent?.startsWith("npm/")) {
  process.argv[2] = "install";
  await import("./run.mjs");
}
