import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adjust, bring, date, untilRow } from "../demand_plan.mjs";
import { show } from "../workbench.mjs";

export const name = "open orders take the forecast that they were: 300, 500 and 280 against 350 a week leave 0, 0, 0, 320";
export const options = { locale: "en-GB", seconds: 240 };

const WEEKS = 40;
const DAYS = WEEKS * 7;

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-orders-"));
  try {
    const rows = Array.from({ length: DAYS }, (_, day) => `${date(day)},A,web,cn,50\n`).join("");
    await bring(page, base, folder, "demand.csv", `date,sku,channel,region,quantity\n${rows}`);
    await bring(page, base, folder, "company.csv", `key,value\nbase_currency,CNY\nas_of,${date(DAYS - 1)}\n`);
    await show(page, "#/demand?sku=A&tab=orders");
    await page.getByText("No orders that take forecast").waitFor();

    // Placed three weeks ago, due in the weeks to come; one is shipped, one was due the next day.
    const order = (number, units, due, more = "open") =>
      `${number},${date(DAYS - 21)}T09:00:00+08:00,web,cn,A,${units},10,${more},${date(DAYS + due)}\n`;
    const late = `S5,${date(DAYS - 2)}T09:00:00+08:00,web,cn,A,90,10,paid,${date(DAYS + 1)}\n`;
    const orders = order("S1", 300, 2) + order("S2", 500, 9) + order("S3", 280, 16) + order("S4", 40, 3, "shipped") + late;
    await bring(page, base, folder, "sales_orders.csv", `order,at,channel,region,sku,quantity,price,status,due_on\n${orders}`);
    await show(page, "#/demand?sku=A&tab=orders");
    expect.deepEqual(await untilWeeks(page, (weeks) => weeks[3].net === 320), [
      { forecast: 350, ordered: 300, net: 0, total: 300 },
      { forecast: 350, ordered: 500, net: 0, total: 500 },
      { forecast: 350, ordered: 280, net: 0, total: 280 },
      { forecast: 350, ordered: 0, net: 320, total: 320 },
      { forecast: 350, ordered: 0, net: 350, total: 350 },
    ]);
    await page.getByText(/^3 lines of open orders. Beyond the forecast: 0 units/).waitFor();
    expect.deepEqual(await axe(), []);
    await shot("window of 30 days");

    // Without windows an order takes its own week alone, and 150 units were never forecast.
    await page.getByLabel("Takes earlier forecast").selectOption({ label: "within 0 days" });
    await page.getByLabel("Takes later forecast").selectOption({ label: "within 0 days" });
    const nets = (await untilWeeks(page, (weeks) => weeks[0].net === 50)).map((week) => week.net);
    expect.deepEqual(nets, [50, 0, 70, 350, 350]);
    await page.getByText(/Beyond the forecast: 150 units/).waitFor();

    // The windows stand in the address; what is changed by hand is consumed as changed.
    expect.match(page.url(), /early=0&late=0/);
    await page.locator(".demand-hand button").first().click();
    await adjust(page, { how: "Replace", value: 400, reason: "Fair", author: "Li Na" });
    await untilRow(page, "Forecast", (row) => row[0] === 400);
    await untilWeeks(page, (weeks) => weeks[0].net === 100);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The first five weeks of the table, once they are as wanted.
async function untilWeeks(page, wanted) {
  const limit = Date.now() + 60_000;
  let weeks = [];
  while (Date.now() < limit) {
    weeks = await page.locator(".demand-orders tbody tr:not(.strong)").evaluateAll((rows) =>
      rows.slice(0, 5).map((row) => {
        const figures = [...row.cells].slice(1).map((cell) => Number(cell.textContent.trim().replace(/^–$/, "0").replaceAll(",", "")));
        const [forecast, ordered, net, total] = figures;
        return { forecast, ordered, net, total };
      }),
    );
    if (weeks.length === 5 && wanted(weeks)) return weeks;
    await page.waitForTimeout(50);
  }
  throw new Error(`weeks: last seen ${JSON.stringify(weeks)}`);
}
