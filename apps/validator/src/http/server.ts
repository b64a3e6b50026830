import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { refreshGauges } from "../status/gauges.ts";
import { readStatus, type StatusSource } from "../status/read.ts";

export type MetricsServer = { readonly port: number; close(): Promise<void> };

/** Answers `/health` and `/metrics`; it has no part in any duty and changes nothing. */
export async function startMetricsServer(
  source: StatusSource,
  { host, port }: { host: string; port: number },
): Promise<MetricsServer> {
  const server = createServer((request, response) => void answer(source, request, response));
  server.listen(port, host);
  await once(server, "listening");
  return { port: portOf(server), close: () => closed(server) };
}

async function answer(
  source: StatusSource,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const path = (request.url ?? "/").split("?")[0];
    if (request.method !== "GET") return end(response, { status: 405, body: "only GET is answered\n" });
    if (path === "/metrics") return end(response, await metricsOf(source));
    if (path === "/health") return end(response, healthOf(source));
    end(response, { status: 404, body: "there are /health and /metrics\n" });
  } catch {
    end(response, { status: 500, body: "failed\n" });
  }
}

type Answer = { status: number; body: string; type?: string };

async function metricsOf(source: StatusSource): Promise<Answer> {
  refreshGauges(source);
  const { registry } = source.vitals.metrics;
  return { status: 200, body: await registry.metrics(), type: registry.contentType };
}

/** Healthy while blocks arrive; a hold is in the answer, but restarting would not cure it. */
function healthOf(source: StatusSource): Answer {
  const status = readStatus(source);
  const body = `${JSON.stringify({ healthy: status.isChainUp, ...status })}\n`;
  return { status: status.isChainUp ? 200 : 503, body, type: "application/json" };
}

function end(response: ServerResponse, { status, body, type = "text/plain" }: Answer): void {
  response.writeHead(status, { "content-type": type }).end(body);
}

/** A listening TCP server always has an address with a port. */
function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function closed(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, "close");
}
