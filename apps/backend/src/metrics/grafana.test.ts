import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createMetrics } from "./metrics.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const ours = async () => (await createMetrics().registry.getMetricsAsJSON()).map(({ name }) => name);
const namesIn = (text: string) =>
  [...new Set(text.match(/assay_backend_[a-z_]+/g))].map((name) => name.replace(/_bucket$/, ""));

test("the dashboard shows every metric, and none that does not exist", async () => {
  expect(namesIn(read("grafana/backend.json")).toSorted()).toEqual((await ours()).toSorted());
});

type Panel = { id: number; gridPos: { x: number; y: number; w: number; h: number } };

test("the dashboard is one that Grafana reads: panels with their own ids, none upon another", () => {
  const { panels, title } = JSON.parse(read("grafana/backend.json")) as { panels: Panel[]; title: string };
  expect(title).toBe("Assay backend");
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
});

test("every alert asks for metrics there are, and tells what to do", async () => {
  const text = read("grafana/alerts.yaml");
  const names = await ours();
  expect(namesIn(text).filter((name) => !names.includes(name))).toEqual([]);
  const alerts = text.split(/^ {6}- alert: /m).slice(1);
  expect(alerts.length).toBeGreaterThan(8);
  for (const alert of alerts)
    expect(alert).toMatch(
      /^Assay\w+\n {8}expr: .*assay_backend_.*\n {8}for: \d+m\n {8}labels: .*severity: \w+.*\n[^]*summary: .+\n {10}advice: .+\n/,
    );
});

test("the alerts an operator must have are there", () => {
  const text = read("grafana/alerts.yaml");
  const asked = ["NoSnapshot", "ReviewOverdue", "DutyUnheld", "Errors"];
  expect(asked.filter((name) => !text.includes(`- alert: Assay${name}\n`))).toEqual([]);
});
