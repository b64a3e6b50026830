import { once } from "node:events";
import { WebSocket } from "ws";

/** One JSON-RPC call over a connection of its own; the answer without its envelope. */
export async function ask(url: string, method: string, ...params: unknown[]): Promise<unknown> {
  const socket = new WebSocket(url);
  await once(socket, "open");
  socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));
  const [data] = await once(socket, "message");
  socket.close();
  const { jsonrpc: _jsonrpc, id: _id, ...answer } = JSON.parse(String(data));
  return answer;
}
