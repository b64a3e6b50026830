import { createServer, type Server } from "node:http";

/** Longest a request may take that is in progress when the server stops. */
const DRAIN_MS = 15_000;

/** Opens the port; whoever is quick enough to call before the routes are attached waits for them. */
export async function listenOn({ host, port }: { host: string; port: number }): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return server;
}

/** Port a server listens on. */
export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Accepts nothing new, lets what is in progress end, and after a while ends it. */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const impatience = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(impatience);
}
