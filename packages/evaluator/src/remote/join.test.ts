import { pino } from "pino";
import { expect, test } from "vitest";
import { referenceAgents } from "../calibration/reference-agents.ts";
import { CODE_HASH } from "../code-hash.ts";
import { EvaluatorError } from "../errors.ts";
import { SECRET, validatorPort } from "../test/validator-socket.ts";
import { EXIT, exitCodeOf } from "./exit.ts";
import { joinForEver, pauseMs, type Ready } from "./join.ts";
import { LOG } from "./log.ts";

test("pauses double up to half a minute, and are spread", () => {
  const pauses = [1, 2, 3, 10, 1_000].map((failures) => pauseMs(failures, () => 1));
  expect(pauses).toEqual([1_000, 2_000, 4_000, 30_000, 30_000]);
  expect(pauseMs(3, () => 0)).toBe(2_000);
});

test("it knocks, calibrates, joins, joins again after a loss, and leaves when told to", async () => {
  const port = await validatorPort();
  const stop = new AbortController();
  const ready: Ready[] = [];
  const arriving = port.joined();
  const place = { join: port.url, secret: SECRET, evaluatorName: "host-b" };
  const running = joinForEver(place, {
    log: pino({ level: "silent" }),
    signal: stop.signal,
    onReady: (one) => ready.push(one),
  });
  const knock = await arriving;
  expect(await knock.next()).toMatchObject({ knocks: true });
  const joining = port.joined();
  knock.welcome();
  const first = await joining;
  expect(await first.next()).toMatchObject({ knocks: false });
  const again = port.joined();
  first.welcome();
  first.socket.close();
  const second = await again;
  await second.next();
  stop.abort(new Error("enough"));
  await running;
  const { url: join } = port;
  expect(ready).toEqual([{ ready: true, app: "evaluator", name: "host-b", join, codeHash: CODE_HASH }]);
  port.close();
}, 120_000);

test("a wrong secret ends it before it has run anything", async () => {
  const port = await validatorPort();
  const { log, lines } = loud();
  const place = { join: port.url, secret: "b".repeat(40), evaluatorName: "host-b" };
  const running = joinForEver(place, { log, signal: new AbortController().signal, onReady: () => {} });
  await expect(running).rejects.toMatchObject({ facts: { reason: "secret" } });
  expect(lines).toEqual([]);
  port.close();
});

test("a validator that is not there is no reason to end, and is told of once", async () => {
  const port = await validatorPort();
  port.close();
  const stop = new AbortController();
  const { log, lines } = loud(({ msg }) => {
    if (msg === LOG.lost) stop.abort(new Error("enough"));
  });
  const place = { join: port.url, secret: SECRET, evaluatorName: "host-b" };
  await joinForEver(place, { log, signal: stop.signal, onReady: () => {} });
  expect(lines.map(({ msg }) => msg)).toEqual([LOG.away, LOG.calibrated, LOG.calibrated, LOG.lost]);
}, 120_000);

type Line = { readonly msg: string };

/** A log that keeps its lines, and tells of each. */
function loud(onLine: (line: Line) => void = () => {}) {
  const lines: Line[] = [];
  const write = (text: string) => {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    onLine(line);
  };
  return { log: pino({ level: "debug" }, { write }), lines };
}

test.each([
  [new EvaluatorError({ code: "EVALUATOR_SETTINGS_INVALID", problems: [] }), EXIT.configuration],
  [new EvaluatorError({ code: "EVALUATOR_JOIN_REFUSED", reason: "secret", url: "" }), EXIT.configuration],
  [new EvaluatorError({ code: "EVALUATOR_JOIN_REFUSED", reason: "code", url: "" }), EXIT.held],
  [
    new EvaluatorError({
      code: "EVALUATOR_MISCALIBRATED",
      task: referenceAgents[0]?.task ?? "",
      configHash: "",
      agent: "",
      expected: "",
      found: "",
    }),
    EXIT.held,
  ],
  [new EvaluatorError({ code: "EVALUATOR_CLOSED" }), EXIT.failed],
  [new Error("anything"), EXIT.failed],
])("%s ends the process with %i", (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});
