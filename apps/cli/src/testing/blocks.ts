import { once } from "node:events";

/** Makes blocks at once on a devnet in another process, as its `dev_newBlock` does. */
export async function makeBlocks(endpoint: string, count: number): Promise<void> {
  const socket = new WebSocket(endpoint);
  await once(socket, "open");
  const answered = once(socket, "message");
  socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "dev_newBlock", params: [{ count }] }));
  const [{ data }] = (await answered) as [MessageEvent];
  socket.close();
  const { error } = JSON.parse(String(data)) as { error?: { message: string } };
  if (error !== undefined) throw new Error(error.message);
}
