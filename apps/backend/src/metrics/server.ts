import type { IncomingMessage, ServerResponse } from "node:http";
import type { Backend } from "../backend.ts";
import { drain, listenOn, portOf } from "../http/server.ts";
import { refreshGauges } from "./gauges.ts";
import { watchQueues } from "./queues.ts";

export type MetricsServer = { readonly port: number; close(): Promise<void> };

/** Answers `/metrics` at an address of its own, so that it is public only for whoever makes that address so. */
export async function startMetricsServer(
  backend: Backend,
  at: { host: string; port: number },
): Promise<MetricsServer> {
  const { server, route } = await listenOn(at);
  const queues = watchQueues(backend);
  void queues.look();
  route((request, response) => void answer(backend, { request, response }).finally(() => void queues.look()));
  return { port: portOf(server), close: () => drain(server) };
}

type Exchange = { request: IncomingMessage; response: ServerResponse };

async function answer(backend: Backend, { request, response }: Exchange): Promise<void> {
  const path = (request.url ?? "/").split("?")[0];
  if (request.method !== "GET") return end(response, { status: 405, body: "only GET is answered\n" });
  if (path !== "/metrics") return end(response, { status: 404, body: "there is /metrics\n" });
  try {
    refreshGauges(backend);
    const { registry } = backend.metrics;
    end(response, { status: 200, body: await registry.metrics(), type: registry.contentType });
  } catch (error) {
    backend.log.error({ err: error }, "metrics not written");
    end(response, { status: 500, body: "failed\n" });
  }
}

function end(
  response: ServerResponse,
  { status, body, type = "text/plain" }: { status: number; body: string; type?: string },
): void {
  response.writeHead(status, { "content-type": type }).end(body);
}
