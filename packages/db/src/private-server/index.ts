export { type PrivateServer, type PrivateServerOptions, startPrivateServer } from "./start.ts";
