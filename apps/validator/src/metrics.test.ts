import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createMetrics } from "./metrics.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const namesIn = (text: string) => new Set(text.match(/assay_validator_[a-z_]+/g));
const ours = async () => (await createMetrics().registry.getMetricsAsJSON()).map(({ name }) => name);

test("README.md lists exactly the metrics there are", async () => {
  expect([...namesIn(read("../README.md"))].toSorted()).toEqual((await ours()).toSorted());
});

test("the dashboard shows every metric, and none that does not exist", async () => {
  const shown = [...namesIn(read("../grafana/validator.json"))].map((name) => name.replace(/_bucket$/, ""));
  expect(shown.toSorted()).toEqual((await ours()).toSorted());
});

test("the dashboard is one that Grafana reads: panels with their own ids, none upon another", () => {
  const { panels, title } = JSON.parse(read("../grafana/validator.json"));
  expect(title).toBe("Assay validator");
  expect(new Set(panels.map(({ id }: { id: number }) => id)).size).toBe(panels.length);
  const taken = new Set<string>();
  for (const { gridPos } of panels)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
      expect(x).toBeLessThan(24);
      const cell = `${x},${gridPos.y}`;
      expect(taken.has(cell)).toBe(false);
      taken.add(cell);
    }
});
