import type { IncomingMessage, ServerResponse } from "node:http";
import { Agent, get } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { drain, type Listening, listenOn, portOf, unavailable } from "./server.ts";

const opened: Listening[] = [];

afterEach(async () => {
  for (const { server, route } of opened.splice(0)) {
    route(unavailable);
    await drain(server);
  }
});

async function open(idleMs?: number): Promise<Listening & { url: string }> {
  const place = { host: "127.0.0.1", port: 0, ...(idleMs === undefined ? {} : { idleMs }) };
  const listening = await listenOn(place);
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

/** What the server answers to bytes that a client library would not send. */
async function answerTo({ server }: Listening, bytes: string): Promise<string> {
  const socket = connect(portOf(server), "127.0.0.1");
  let heard = "";
  socket.setEncoding("latin1").on("data", (text) => {
    heard += text;
  });
  socket.write(bytes);
  await new Promise((resolve) => socket.once("close", resolve));
  return heard;
}

const POST = "POST /early HTTP/1.1\r\nHost: test\r\n";

test.each([
  ["two lengths", `${POST}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`],
  ["a length and chunks", `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ["a folded header", `${POST}X-A: b\r\n c\r\n\r\n`],
  ["NUL in a header", `${POST}X-A: b\0c\r\n\r\n`],
  ["bare line feeds", "GET /early HTTP/1.1\nHost: test\n\n"],
  ["no host", "GET /early HTTP/1.1\r\n\r\n"],
])("a request with %s reaches nobody", async (_what, bytes) => {
  const listening = await open();
  let reached = 0;
  listening.route(() => {
    reached += 1;
  });
  expect(await answerTo(listening, bytes)).toMatch(/^HTTP\/1\.1 400 /);
  expect(reached).toBe(0);
});

test("who asks and does not read is cut, instead of holding its answer for ever", async () => {
  const { server, route } = await open(200);
  route((_request, response) => void response.end(Buffer.alloc(64_000_000)));
  const arrived = new Promise<Socket>((resolve) => server.once("connection", resolve));
  const reader = connect(portOf(server), "127.0.0.1").pause();
  reader.on("error", () => {});
  reader.write("GET /early HTTP/1.1\r\nHost: test\r\n\r\n");
  const near = await arrived;
  await new Promise((resolve) => near.once("close", resolve));
  reader.destroy();
});
