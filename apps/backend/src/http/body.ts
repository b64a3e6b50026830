import { ApiError } from "@assay/api";

/** Most bytes of a signed body by procedure; what is not named here is small. A result's text doubles where it is quoted. */
const LIMITS: Readonly<Record<string, number>> = {
  "results.report": 33_000_000,
  "submissions.create": 2_000_000,
};
/** Most bytes of any other body: what may be large is never accepted unsigned. */
export const SMALL = 262_144;

/** Most bytes a signed body for this procedure may have. */
export function bodyLimit(purpose: string): number {
  return LIMITS[purpose] ?? SMALL;
}

/** Reads a body up to a limit, whatever its length header says; throws API_BODY_TOO_LARGE. */
export async function readBody(request: Request, limitBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) throw tooLarge(limitBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of arriving(request)) {
    size += chunk.length;
    if (size > limitBytes) throw tooLarge(limitBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Who hangs up in the middle of a body is no failure of the backend. */
async function* arriving({ body }: Request): AsyncGenerator<Uint8Array> {
  try {
    yield* body ?? [];
  } catch (cause) {
    const reason = "the body was not sent to its end";
    throw new ApiError({ code: "API_MALFORMED_REQUEST", reason }, reason, { cause });
  }
}

function tooLarge(limitBytes: number): ApiError {
  const message = `The body has more than the ${limitBytes} bytes allowed here.`;
  return new ApiError({ code: "API_BODY_TOO_LARGE", limitBytes }, message);
}
