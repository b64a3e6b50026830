/** All of them, or the first failure once every one has settled: what has started by then can be stopped. */
export async function together<Started>(starting: readonly Promise<Started>[]): Promise<Started[]> {
  await Promise.allSettled(starting);
  return Promise.all(starting);
}
