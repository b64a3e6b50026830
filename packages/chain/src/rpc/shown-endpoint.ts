/** An endpoint as it may stand in logs and errors: providers put keys into user names, paths and queries. */
export function shownEndpoint(endpoint: string): string {
  const { protocol, host, username, password, pathname, search } = new URL(endpoint);
  const hasMore = `${username}${password}${search}` !== "" || pathname !== "/";
  return `${protocol}//${host}${hasMore ? "/…" : ""}`;
}
