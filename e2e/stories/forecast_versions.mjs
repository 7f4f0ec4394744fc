import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bring, date, untilRow } from "../demand_plan.mjs";
import { show } from "../workbench.mjs";

export const name = "versions by lag: figures equal the plans that the terminal makes of those dates, and end in the demand";
export const options = { locale: "en-GB", seconds: 240 };

const WEEKS = 60;

// Two articles that grow, with some unrest.
function demand() {
  const rows = ["date,sku,channel,region,quantity"];
  for (let day = 0; day < WEEKS * 7; day += 1) {
    for (const [place, sku] of ["A", "B"].entries()) {
      rows.push(`${date(day)},${sku},web,cn,${40 + 30 * place + Math.floor(day / 7) + ((day * (7 + place)) % 11)}`);
    }
  }
  return `${rows.join("\n")}\n`;
}

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-versions-"));
  try {
    await bring(page, base, folder, "demand.csv", demand());
    await show(page, "#/demand");
    await untilRow(page, "Forecast", (row) => row.length === 13);
    await show(page, "#/demand?tab=accuracy");
    await page.getByLabel("Longest lag").selectOption({ label: "4 weeks ahead" });
    // The week before the last.
    await page.getByLabel(/^Week/).selectOption({ index: 1 });
    await page.getByRole("button", { name: "Make these versions" }).click();
    await page.locator("[data-lag=actual]").waitFor({ timeout: 120_000 });
    const rows = await page.locator("[data-lag]").evaluateAll((rows) => rows.map((row) => [row.dataset.lag, ...[...row.cells].slice(1).map((cell) => cell.textContent.trim())]));
    const number = (text) => Number(text.replaceAll(",", "").replace("−", "-").replace("+", ""));
    expect.deepEqual(rows.map(([lag]) => lag), ["4", "3", "2", "1", "actual"]);

    const week = (WEEKS - 2) * 7;
    for (const [lag, made, units] of rows.slice(0, 4)) {
      expect.equal(made, date(week - 1 - 7 * (Number(lag) - 1)));
      const out = join(folder, `lag${lag}`);
      execFileSync(process.env.BALLAST_TERMINAL, ["plan", "--data", folder, "--out", out, "--as-of", made]);
      const lines = readFileSync(join(out, "forecast.csv"), "utf8").trim().split("\n").slice(1).map((line) => line.split(","));
      const meant = lines.filter(([, , , day]) => day === date(week));
      expect.equal(meant.length, 2);
      expect.equal(number(units), Math.round(meant.reduce((sum, line) => sum + Number(line[4]), 0)), `lag ${lag}`);
    }
    const sold = demand().trim().split("\n").slice(1).map((line) => line.split(","));
    const actual = sold.filter(([day]) => day >= date(week) && day < date(week + 7)).reduce((sum, line) => sum + Number(line[4]), 0);
    expect.equal(number(rows[4][2]), actual);
    const changes = rows.slice(1).reduce((sum, [, , , change]) => sum + number(change), 0);
    expect.equal(number(rows[0][2]) + changes, actual);
    await page.locator("[data-lag=actual]").scrollIntoViewIfNeeded();
    expect.deepEqual(await axe(), []);
    await shot("versions");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
