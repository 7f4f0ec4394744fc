import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adjust, bring, date, planRow, untilRow } from "../demand_plan.mjs";
import { show } from "../workbench.mjs";

export const name = "an override keeps reason, author and expiry, and says by how many units it helped once its weeks are history";
export const options = { locale: "en-GB", seconds: 240 };

const HISTORY = 40;

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-score-"));
  try {
    // Two articles, 10 and 30 a day; the third import brings two weeks in which the first sells 16.
    const rows = (from, to, units) =>
      Array.from({ length: to - from }, (_, day) => `${date(from + day)},A,web,cn,${units}\n${date(from + day)},B,web,cn,30\n`).join("");
    const head = "date,sku,channel,region,quantity\n";
    await bring(page, base, folder, "demand.csv", head + rows(0, HISTORY * 7, 10));

    await show(page, "#/demand?sku=A");
    const forecast = await untilRow(page, "Forecast", (row) => row.length === 13);
    expect.ok(Math.abs(forecast[0] - 70) <= 1, `${forecast[0]} a week`);
    await page.locator(".demand-hand button").first().click();
    await adjust(page, { how: "Replace", value: 100, last: 1, reason: "Shop in the station opens", author: "Li Na", expires: 3 });
    await untilRow(page, "Forecast", (row) => row[0] === 100 && row[1] === 100 && row[2] < 80);
    // One that lowers B, wrongly.
    await show(page, "#/demand?sku=B");
    await untilRow(page, "Forecast", (row) => Math.abs(row[0] - 210) <= 1);
    await page.keyboard.press("Escape");
    await page.locator(".demand-hand button").first().click();
    // The name is remembered.
    expect.equal(await page.locator(".demand-editor").getByLabel("Author").inputValue(), "Li Na");
    await adjust(page, { how: "± units", value: -50, reason: "Lost a customer" });
    await untilRow(page, "Adjustment", (row) => row[0] === -50);

    await show(page, "#/demand?tab=history");
    const list = page.locator(".demand-edits tbody tr");
    await list.nth(1).waitFor();
    const line = (text) => list.filter({ hasText: text });
    await line("station").getByText("= 100 units/wk").waitFor();
    await line("station").getByText(/expires 2026-/).waitFor();
    await line("station").getByText("Active").waitFor();
    expect.equal(await page.getByText(/helped|hurt/).count(), 0);

    await bring(page, base, folder, "later.csv", head + rows(HISTORY * 7, (HISTORY + 2) * 7, 16));
    await show(page, "#/demand?tab=history");
    await line("station").getByText("Scored").waitFor({ timeout: 120_000 });
    // 112 a week: off by 42 before and by 12 after, for two weeks.
    const before = 2 * Math.abs(112 - 70);
    const after = 2 * Math.abs(112 - 100);
    await line("station").getByText(`helped by ${before - after} units`).waitFor();
    await line("station").getByText("2 wk: demand 224, before 140, after 200").waitFor();
    // B sold 210, as expected: the edit was off by 50.
    await line("customer").getByText("hurt by 50 units").waitFor();
    await page.getByText(`2 scored, together helped by ${before - after - 50} units`).waitFor();
    expect.deepEqual(await axe(), []);
    await shot("scored");

    // What is over changes no forecast.
    await show(page, "#/demand?sku=B");
    await untilRow(page, "Forecast", (row) => row.length === 13);
    expect.ok((await planRow(page, "Adjustment")).every((edit) => edit === 0));
    await page.locator(".demand-side").getByText("−50 units").waitFor();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
