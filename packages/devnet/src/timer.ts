/** Calls `tick` at a steady pace, never twice at once; 0 means never. Returns how to stop. */
export function startTimer(everyMs: number, tick: () => void): () => void {
  if (everyMs === 0) return () => undefined;
  const timer = setInterval(tick, everyMs);
  return () => clearInterval(timer);
}
