import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bring, date, planRow, planned, untilRow } from "../demand_plan.mjs";
import { show } from "../workbench.mjs";

export const name = "three suggested outliers are accepted: forecast and chart change, the history keeps the original";
export const options = { locale: "en-GB", seconds: 240 };

const WEEKS = 70;
// Article, week of its spike.
const SPIKES = { A: 66, B: 67, C: 68 };

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-outliers-"));
  try {
    let text = "date,sku,channel,region,quantity\n";
    for (let week = 0; week < WEEKS; week += 1) {
      for (const [sku, spike] of Object.entries(SPIKES)) {
        text += `${date(7 * week + 6)},${sku},web,cn,${week === spike ? 600 : 48 + ((week * 7 + sku.charCodeAt(0)) % 5)}\n`;
      }
    }
    await bring(page, base, folder, "demand.csv", text);
    await show(page, "#/demand?sku=A");
    const before = await untilRow(page, "Forecast", (row) => row.length === 13);
    const width = async () => (await planRow(page, "P90"))[0] - (await planRow(page, "P10"))[0];
    const wide = await width();
    // Chart and its table mark it.
    await page.getByText("Outlier", { exact: true }).first().waitFor();
    await shot("marked");

    await show(page, "#/demand?tab=outliers");
    const rows = page.getByRole("region", { name: "Suggested" }).locator("tbody tr");
    await rows.nth(2).waitFor();
    expect.equal(await rows.count(), 3);
    expect.deepEqual(await axe(), []);
    await shot("suggested");
    for (let left = 3; left > 0; left -= 1) {
      const row = rows.first();
      expect.equal(await row.locator("td").nth(1).innerText(), "600");
      // A value of one's own for the first one.
      if (left === 3) await row.getByRole("textbox").fill("55");
      await row.getByRole("button", { name: "Accept" }).click();
      await page.waitForFunction((left) => document.querySelectorAll("[aria-label=Suggested] tbody tr").length === left, left - 1);
    }
    const replaced = page.getByRole("region", { name: "Replaced" }).locator("tbody tr");
    expect.equal(await replaced.count(), 3);
    for (const row of await replaced.all()) expect.equal(await row.locator("td").nth(1).innerText(), "600");
    await planned(page);
    await shot("replaced");

    await show(page, "#/demand?sku=A");
    const after = await untilRow(page, "Forecast", (row) => row.length === 13 && String(row) !== String(before));
    expect.ok(Math.abs(after[0] - 50) < Math.abs(before[0] - 50) + 1, `${before[0]} → ${after[0]}`);
    await page.waitForFunction((wide) => {
      const cell = (name) => Number([...document.querySelectorAll(".demand-plan tr")].find((row) => row.cells[0].textContent === name)?.cells[1].textContent);
      return cell("P90") - cell("P10") < wide;
    }, wide);
    // The chart shows both: what was sold, and what forecasts see.
    await page.getByText("Forecast sees", { exact: true }).first().waitFor();
    const summary = await page.locator(".chart").first().textContent();
    expect.ok(summary.includes("600"), "the history keeps its 600");
    await shot("chart");

    // One of them back.
    await show(page, "#/demand?tab=outliers");
    await replaced.first().getByRole("button", { name: "Restore" }).click();
    await page.waitForFunction(() => document.querySelectorAll("[aria-label=Replaced] tbody tr").length === 2);
    await rows.first().waitFor({ timeout: 60_000 });
    expect.equal(await rows.count(), 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
