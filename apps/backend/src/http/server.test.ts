import type { IncomingMessage, ServerResponse } from "node:http";
import { Agent, get } from "node:http";
import { afterEach, expect, test } from "vitest";
import { drain, type Listening, listenOn, portOf, unavailable } from "./server.ts";

const opened: Listening[] = [];

afterEach(async () => {
  for (const { server, route } of opened.splice(0)) {
    route(unavailable);
    await drain(server);
  }
});

async function open(): Promise<Listening & { url: string }> {
  const listening = await listenOn({ host: "127.0.0.1", port: 0 });
  opened.push(listening);
  return { ...listening, url: `http://127.0.0.1:${portOf(listening.server)}/early?x=1` };
}

const echo = (request: IncomingMessage, response: ServerResponse): void => {
  request.setEncoding("utf8");
  let body = "";
  request.on("data", (text) => {
    body += text;
  });
  request.on("end", () => response.end(`${request.method} ${request.url} ${body}`));
};

test("who calls before there are routes waits for them and loses nothing", async () => {
  const { server, route, url } = await open();
  const arrived = new Promise((resolve) => server.once("request", resolve));
  const answer = fetch(url, { method: "POST", body: "hello" });
  await arrived;
  route(echo);
  expect(await (await answer).text()).toBe("POST /early?x=1 hello");
});

test("who waits for a backend that does not start is told", async () => {
  const { server, route, url } = await open();
  const arrived = new Promise((resolve) => server.once("request", resolve));
  const answer = fetch(url);
  await arrived;
  route(unavailable);
  route(echo);
  expect((await answer).status).toBe(503);
});

test("a connection kept alive after a request that was in progress does not hold the server", async () => {
  const { server, route, url } = await open();
  const { promise: held, resolve: hold } = Promise.withResolvers<ServerResponse>();
  route((_request, response) => hold(response));
  const agent = new Agent({ keepAlive: true });
  const answered = new Promise<IncomingMessage>((resolve) => get(url, { agent }, resolve));
  const response = await held;
  const drained = drain(server);
  response.end("done");
  const answer = await answered;
  answer.resume();
  expect(answer.statusCode).toBe(200);
  await drained;
  agent.destroy();
});
