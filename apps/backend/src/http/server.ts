import { createServer, type RequestListener, type Server } from "node:http";

/** Longest a request may take that is in progress when the server stops. */
const DRAIN_MS = 15_000;
const SWEEP_MS = 50;
/** Longest a connection may be silent in both directions: who asks and does not read would hold its answer for ever. */
const IDLE_MS = 120_000;
/** Longest the headers of a request may take. */
const HEADERS_MS = 15_000;

export type Listening = {
  readonly server: Server;
  /** Gives requests to whoever answers them, those that have been waiting first; only the first call counts. */
  readonly route: (listener: RequestListener) => void;
};

export type Place = { readonly host: string; readonly port: number; readonly idleMs?: number };

/** Opens the port; whoever is quick enough to call before there are routes waits for them. */
export async function listenOn({ host, port, idleMs = IDLE_MS }: Place): Promise<Listening> {
  const { promise: routes, resolve: route } = Promise.withResolvers<RequestListener>();
  const server = createServer({ headersTimeout: HEADERS_MS }, (request, response) => {
    void routes.then((listener) => listener(request, response));
  });
  server.timeout = idleMs;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return { server, route };
}

/** Answers those who have been waiting for a backend that does not start. */
export const unavailable: RequestListener = (_request, response) => {
  response.writeHead(503, { connection: "close" }).end();
};

/** Port a server listens on. */
export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Accepts nothing new, lets what is in progress end, and after a while ends it. */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that was busy when the server closed would stay open for the next request when it is done.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const impatience = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(impatience);
}
