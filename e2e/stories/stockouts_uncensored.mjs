import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bring, date, planned, table, untilRow } from "../demand_plan.mjs";
import { show } from "../workbench.mjs";

export const name = "two weeks without goods: the weeks are listed, the forecast with and without them differs, as on the terminal";
export const options = { locale: "en-GB", seconds: 300 };

const DAYS = 60 * 7;
// The shelf is empty at the end of these days, counted back from the last one.
const isEmpty = (day) => DAYS - 1 - day >= 6 && DAYS - 1 - day <= 19;

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-stockouts-"));
  try {
    const days = Array.from({ length: DAYS }, (_, day) => day);
    const demand = days.filter((day) => !isEmpty(day)).map((day) => `${date(day)},A,web,cn,10\n`);
    await bring(page, base, folder, "demand.csv", `date,sku,channel,region,quantity\n${demand.join("")}`);
    await bring(page, base, folder, "company.csv", `key,value\nas_of,${date(DAYS - 1)}\n`);
    await bring(page, base, folder, "warehouses.csv", "warehouse,region,priority\nW1,cn,1\n");
    await show(page, "#/demand?sku=A&tab=stockouts");
    await page.getByText(/^Import daily stock/).waitFor();
    await show(page, "#/demand?sku=A");
    const low = await untilRow(page, "Forecast", (row) => row.length === 13);

    const daily = days.map((day) => `${date(day)},A,W1,${isEmpty(day) ? 0 : 40}\n`);
    await bring(page, base, folder, "stock_daily.csv", `date,sku,warehouse,available\n${daily.join("")}`);
    await show(page, "#/demand?sku=A&tab=stockouts");
    const rows = page.getByRole("region", { name: "Stock-outs" }).locator("tbody tr");
    await rows.nth(2).waitFor({ timeout: 60_000 });
    const weeks = await rows.evaluateAll((rows) => rows.map((row) => [...row.cells].slice(2, 5).map((cell) => Number(cell.textContent))));
    expect.equal(weeks.length, 3);
    // Days there, sold, demand: a whole week away, all but half a day, and one day.
    expect.deepEqual(weeks.map(([there, sold]) => [there, sold]), [[0, 0], [1.5, 10], [6, 60]]);
    for (const [, , whole] of weeks) expect.ok(Math.abs(whole - 70) < 7, `${whole}`);
    await page.getByText(/in 3 weeks of 1 series: 70 units were sold/).waitFor();
    expect.deepEqual(await axe(), []);
    await shot("weeks");

    await show(page, "#/demand?sku=A");
    const high = await untilRow(page, "Forecast", (row) => row.length === 13 && row[0] > low[0] + 5);
    expect.ok(Math.abs(high[0] - 70) < 3, `${low[0]} → ${high[0]}`);
    // The chart shows both: the dip, and what demand is taken to have been.
    await page.getByText("Uncensored", { exact: true }).first().waitFor();
    await shot("chart");

    // The terminal, from the same files, with and without.
    const plan = (...more) => {
      const out = join(folder, `out${more.length}`);
      execFileSync(process.env.BALLAST_TERMINAL, ["plan", "--data", folder, "--out", out, ...more], { stdio: "ignore" });
      const forecast = table(join(out, "forecast.csv")).map((row) => Number(row.mean));
      return { forecast, censored: table(join(out, "censored.csv")) };
    };
    const [uncensored, sold] = [plan(), plan("--as-sold")];
    const shown = (forecast) => forecast.slice(0, 13).map(Math.round);
    expect.deepEqual(shown(uncensored.forecast), high);
    expect.equal(uncensored.censored.length, 3);
    const largest = [...uncensored.censored].sort((a, b) => b.demand - b.sold - (a.demand - a.sold));
    expect.deepEqual(largest.map((row) => Number(Number(row.demand).toFixed(1))), weeks.map(([, , whole]) => whole));
    expect.equal(sold.censored.length, 0);

    // Off: the forecast of the sales; on again by undo.
    await show(page, "#/demand?sku=A&tab=stockouts");
    await page.getByLabel("Uncensor stock-outs").click();
    await page.getByText(/^Forecasts take sales for all of demand/).waitFor({ timeout: 60_000 });
    await planned(page);
    await show(page, "#/demand?sku=A");
    const off = await untilRow(page, "Forecast", (row) => row.length === 13 && row[0] === low[0]);
    expect.deepEqual(off, shown(sold.forecast));
    await page.keyboard.press("Control+z");
    await untilRow(page, "Forecast", (row) => String(row) === String(high));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
