/** What is wrong with the address of a validator to join, or undefined. */
export function joinUrlProblem(text: string, { allowPlain }: { allowPlain: boolean }): string | undefined {
  if (!URL.canParse(text)) return "expected an address such as wss://validator.example.org";
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (protocol !== "wss:" && protocol !== "ws:")
    return "expected an address that begins with wss:// or ws://";
  if (username !== "" || password !== "" || search !== "" || hash !== "")
    return "an address holds no secret: everybody on this machine can read it";
  if (protocol === "ws:" && !isLoopback(hostname) && !allowPlain)
    return "ws:// to another host would show the secret and the hidden seeds to whoever listens: use wss://, a tunnel, or --allow-plain inside a private network";
  return undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
