import { once } from "node:events";
import { type RawData, WebSocket, WebSocketServer } from "ws";

/** What may happen to one message on its way. */
export type Fault = "pass" | "swallow" | "cut";

/** A WebSocket proxy that stands between a client and a node and harms messages on request. */
export type Proxy = {
  readonly url: string;
  /** Connections accepted so far. */
  readonly accepted: number;
  /** Where new connections lead. */
  target: string;
  /** Decides about requests by method. */
  onRequest: (method: string) => Fault;
  /** Decides about answers by the method they answer. */
  onAnswer: (method: string) => Fault;
  /** Rewrites an answer's result, by the method it answers. */
  rewrite: (method: string, result: unknown) => unknown;
  /** Rewrites the news of subscriptions; undefined swallows them. */
  rewriteNews: (result: unknown) => unknown;
  /** Whether new connections are turned away. */
  isRefusing: boolean;
  /** Ends all present connections. */
  cut(): void;
  close(): Promise<void>;
};

/** Starts a proxy in front of `target`. */
export async function startProxy(target: string): Promise<Proxy> {
  const verifyClient = () => !proxy.isRefusing;
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, verifyClient });
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  let accepted = 0;
  const proxy: Proxy = {
    url: `ws://127.0.0.1:${port}`,
    get accepted() {
      return accepted;
    },
    target,
    onRequest: () => "pass",
    onAnswer: () => "pass",
    rewrite: (_method, result) => result,
    rewriteNews: (result) => result,
    isRefusing: false,
    cut: () => {
      for (const client of server.clients) client.terminate();
    },
    close: async () => {
      proxy.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on("connection", (client) => {
    accepted++;
    relay(client, proxy);
  });
  return proxy;
}

function relay(client: WebSocket, proxy: Proxy): void {
  const node = new WebSocket(proxy.target);
  const opened = new Promise<void>((resolve) => node.once("open", resolve));
  const methods = new Map<unknown, string>();
  const harm = (fault: Fault, deliver: () => void) => {
    if (fault === "cut") client.terminate();
    if (fault === "pass") deliver();
  };
  client.on("message", (data) => {
    const { id, method } = parse(data);
    methods.set(id, String(method));
    harm(proxy.onRequest(String(method)), () => void opened.then(() => node.send(textOf(data))));
  });
  node.on("message", (data) => {
    const message = parse(data);
    if (isNews(message)) return tell(message, { client, proxy });
    const method = methods.get(message["id"]) ?? "";
    if ("result" in message) message["result"] = proxy.rewrite(method, message["result"]);
    harm(proxy.onAnswer(method), () => client.send(JSON.stringify(message)));
  });
  node.on("error", () => client.terminate());
  node.on("close", () => client.terminate());
  client.on("close", () => node.terminate());
}

type News = Record<string, unknown> & { params: Record<string, unknown> };

function isNews(message: Record<string, unknown>): message is News {
  return typeof message["params"] === "object" && message["params"] !== null;
}

function tell(message: News, { client, proxy }: { client: WebSocket; proxy: Proxy }): void {
  const result = proxy.rewriteNews(message.params["result"]);
  if (result === undefined) return;
  client.send(JSON.stringify({ ...message, params: { ...message.params, result } }));
}

function parse(data: RawData): Record<string, unknown> {
  return Object(JSON.parse(textOf(data)));
}

function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString() : "";
}
