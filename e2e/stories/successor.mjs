import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bring, date, untilRow } from "../demand_plan.mjs";
import { show } from "../workbench.mjs";

export const name = "goods that end hand their demand to their successor from the day after, and it learns from their history";
export const options = { locale: "en-GB", seconds: 240 };

const WEEKS = 60;

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-successor-"));
  try {
    // OLD sells 70 a week and ends after the third week to come; FORMER ended ten weeks ago, and
    // LATER has sold 40 a week since.
    let text = "date,sku,channel,region,quantity\n";
    for (let week = 0; week < WEEKS; week += 1) {
      const day = date(7 * week + 6);
      text += `${day},OLD,web,cn,70\n`;
      text += week < WEEKS - 10 ? `${day},FORMER,web,cn,40\n` : `${day},LATER,web,cn,40\n`;
    }
    await bring(page, base, folder, "demand.csv", text);
    const last = (weeks) => date(7 * (WEEKS + weeks) - 1);
    await bring(
      page,
      base,
      folder,
      "skus.csv",
      `sku,category,name_en,name_zh,end_date,successor\nOLD,c,Old bottle,旧瓶,${last(3)},NEW\nNEW,c,New bottle,新瓶,,\nFORMER,c,Former cup,旧杯,${last(-10)},LATER\nLATER,c,Later cup,新杯,,\n`,
    );
    const near = (row, wanted) => row.length === 13 && row.every((units, week) => Math.abs(units - wanted(week)) <= 1);
    await show(page, "#/demand?sku=OLD");
    await untilRow(page, "Forecast", (row) => near(row, (week) => (week < 3 ? 70 : 0)));
    await page.getByText(`Sold until ${last(3)}; demand after that goes to New bottle`).waitFor();
    await shot("old");
    await page.getByRole("button", { name: /goes to New bottle/ }).click();
    await untilRow(page, "Forecast", (row) => near(row, (week) => (week < 3 ? 0 : 70)));
    await page.getByText(/Takes over from Old bottle/).waitFor();
    expect.deepEqual(await axe(), []);
    await shot("new");

    // Ten weeks of its own, and a forecast from sixty.
    await show(page, "#/demand?sku=LATER");
    await untilRow(page, "Forecast", (row) => near(row, () => 40));
    await page.getByText(/Takes over from Former cup/).waitFor();
    await show(page, "#/demand?sku=FORMER");
    await untilRow(page, "Forecast", (row) => near(row, () => 0));
    // Nothing is lost or doubled: 70 and 40 a week in all.
    await show(page, "#/demand");
    await untilRow(page, "Forecast", (row) => near(row, () => 110));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
