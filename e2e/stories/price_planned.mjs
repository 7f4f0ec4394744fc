import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planned, table, terminalPlan, untilRow } from "../demand_plan.mjs";
import { openDemo, show } from "../workbench.mjs";

export const name = "what prices do is shown with its evidence; a planned cut raises its weeks by a bar of its own, as on the terminal, and undo takes it back";
export const options = { locale: "en-GB", seconds: 400 };

const CATEGORY = "奶粉";
// A week ahead without an event: on the days of one a planned change does nothing.
const WEEK = 8;
const BACK = /^Undo: Price change planned/;

const number = (text) => Number(text.replaceAll(",", "").replace("−", "-").replace("+", "").replace("×", "")) || 0;

// The elasticities shown: figures by code.
async function learnt(page) {
  const rows = page.locator("[data-price]");
  await rows.first().waitFor({ timeout: 120_000 });
  const cells = await rows.evaluateAll((rows) => rows.map((row) => [row.dataset.price, ...[...row.cells].slice(1).map((cell) => cell.textContent.trim())]));
  const line = ([code, elasticity, interval, episodes, evidence, factor, gained]) => [
    code,
    { elasticity: number(elasticity), interval: interval.split("–").map(number), episodes: number(episodes), evidence, factor: number(factor), gained: number(gained) },
  ];
  return Object.fromEntries(cells.map(line));
}

// The forecast of the category by week, and its price part, from the terminal's file of parts.
function weeksOf(rows, skus) {
  const inside = rows.filter((row) => skus.has(row.sku));
  const weeks = [...new Set(inside.map((row) => row.date))].sort().slice(0, 13);
  const sum = (week, column) => inside.filter((row) => row.date === week).reduce((sum, row) => sum + Math.round(1000 * Number(row[column])), 0) / 1000;
  return weeks.map((week) => ({ week, forecast: sum(week, "forecast"), price: sum(week, "price") }));
}

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-price-"));
  try {
    const before = terminalPlan(folder, "before");
    const data = join(folder, "data");
    const terminal = (...args) => execFileSync(process.env.BALLAST_TERMINAL, args, { stdio: "ignore" });
    terminal("explain", "prices", "--data", data, "--category", CATEGORY, "--out", join(folder, "prices.csv"));
    const told = table(join(folder, "prices.csv"));

    await openDemo(page, base);
    await show(page, `#/demand?category=${CATEGORY}&tab=factors`);
    const shown = await learnt(page);
    for (const row of told.filter((row) => row.code in shown)) {
      const { elasticity, interval, episodes, factor, gained } = shown[row.code];
      const off = [elasticity - row.elasticity, interval[0] - row.low80, interval[1] - row.high80, factor - row.factor_cut10].map(Math.abs);
      expect.ok(Math.max(...off) <= 0.0051 && episodes === Number(row.episodes), `${row.code} ${JSON.stringify(shown[row.code])}`);
      expect.ok(Math.abs(gained - row.gained_cut10) <= 0.51, `${row.code} ${gained}`);
    }
    const category = shown[CATEGORY];
    // Planted are 1.3 to 2.1 times as much, and a few of 3 to 5.
    expect.ok(category.factor > 1.5 && category.factor < 2.1 && category.episodes > 100, JSON.stringify(category));
    expect.ok(Object.keys(shown).length > 10, "SKUs with evidence");
    expect.deepEqual(await axe(), []);
    await shot("learnt");

    await show(page, `#/demand?category=${CATEGORY}`);
    const usual = await untilRow(page, "Forecast", (row) => row.length === 13 && row[0] > 100);

    // Planned by keyboard: a quiet week, a cut of 10 %.
    await show(page, `#/demand?category=${CATEGORY}&tab=factors`);
    const form = page.getByRole("form", { name: "Plan a price change" });
    await form.waitFor();
    await form.getByLabel("Change, %").focus();
    await page.keyboard.press("Enter");
    await form.getByText("Enter a reason").waitFor();
    // A week of an event says that nothing would come of it; the week that stands there first is none.
    const idle = form.getByText("Does nothing on days of");
    expect.equal(await idle.count(), 0);
    expect.ok((await form.getByLabel("First day").locator("option:checked").evaluate((option) => option.index)) > 0, "the first week ahead has an event");
    await form.getByLabel("First day").selectOption({ index: 0 });
    await idle.waitFor();
    await shot("event");
    await form.getByLabel("First day").selectOption({ index: 7 * WEEK });
    await form.getByLabel("Last day").selectOption({ index: 7 * WEEK + 6 });
    await form.getByLabel("Reason").fill("Anniversary");
    await form.getByLabel("Author").fill("Wang Qian");
    await form.scrollIntoViewIfNeeded();
    await shot("form");
    await page.keyboard.press("Enter");
    const line = page.locator("[data-planned]");
    await line.waitFor({ timeout: 60_000 });
    await planned(page);
    await page.waitForFunction(() => /^\+[1-9]/.test(document.querySelector("[data-planned]")?.cells[3].textContent.trim()), undefined, { timeout: 60_000 });
    const added = number(await line.locator("td").nth(2).innerText());
    await line.scrollIntoViewIfNeeded();
    expect.deepEqual(await axe(), []);
    await shot("planned");

    // The terminal with the same decision.
    const days = (from, count) => new Date(Date.parse(from) + count * 86_400_000).toISOString().slice(0, 10);
    const skus = new Set(before.input("skus.csv").filter((row) => row.category === CATEGORY).map((row) => row.sku));
    const first = before.output("forecast.csv")[0].date;
    const file = join(folder, "decisions.csv");
    writeFileSync(file, `kind,category,from,to,value,reason,author\nprice,${CATEGORY},${days(first, 7 * WEEK)},${days(first, 7 * WEEK + 6)},-10,Anniversary,Wang\n`);
    terminal("plan", "--data", data, "--out", join(folder, "after"), "--decisions", file, "--parts");
    const weeks = weeksOf(table(join(folder, "after", "forecast_parts.csv")), skus);
    expect.ok(Math.abs(added - weeks[WEEK].price) <= 0.51, `${added} ${weeks[WEEK].price}`);

    // The forecast of that week rises by what is stated, and no other moves.
    await show(page, `#/demand?category=${CATEGORY}`);
    const raised = await untilRow(page, "Forecast", (row) => row.length === 13 && row[WEEK] > 1.3 * usual[WEEK]);
    raised.forEach((units, week) => {
      if (week !== WEEK) expect.equal(units, usual[week], `week ${week}`);
      expect.ok(Math.abs(units - weeks[week].forecast) <= Math.max(1, units * 0.01), `week ${week}: ${units} ${weeks[week].forecast}`);
    });
    const share = raised[WEEK] / usual[WEEK];
    expect.ok(Math.abs(share / category.factor - 1) < 0.05, `${share} for ${category.factor}`);

    // Its bar in the waterfall.
    await page.locator(".demand-week").nth(WEEK).click();
    const bar = page.locator(".explain-table [data-part=price] td").first();
    await page.waitForFunction((units) => Math.abs(Number(document.querySelector(".explain-table [data-part=price] td")?.textContent.replaceAll(",", "").replace("+", "")) - units) <= 1, weeks[WEEK].price, { timeout: 60_000 });
    expect.ok(Math.abs(number(await bar.innerText()) - (raised[WEEK] - usual[WEEK])) <= 2, await bar.innerText());
    await page.locator(".explain-parts").scrollIntoViewIfNeeded();
    await shot("bar");

    // Left out, the stream takes it away; counted again, it is back.
    await page.getByRole("checkbox", { name: "Price" }).click();
    await untilRow(page, "Forecast", (row) => row[WEEK] === usual[WEEK]);
    await page.keyboard.press("Control+z");
    await untilRow(page, "Forecast", (row) => row[WEEK] === raised[WEEK]);
    await planned(page);

    // Equal to the terminal's plan to the last byte; taken back, to the one before.
    await show(page, "#/data");
    const hash = (wanted) => page.waitForFunction((hash) => document.querySelector("[data-name=plan-hash]")?.textContent === hash, wanted, { timeout: 120_000 });
    await hash(JSON.parse(readFileSync(join(folder, "after", "plan.json"), "utf8")).plan_hash);
    await page.getByRole("button", { name: BACK }).click();
    await hash(before.hash);
    await show(page, `#/demand?category=${CATEGORY}&tab=factors`);
    await learnt(page);
    expect.equal(await page.locator("[data-planned]").count(), 0);

    // The other language, and the dark.
    await page.evaluate(() => {
      localStorage.setItem("ballast:theme", "dark");
      localStorage.setItem("ballast:lang", "zh-CN");
    });
    await page.reload();
    await learnt(page);
    await page.getByRole("form", { name: "计划调价" }).scrollIntoViewIfNeeded();
    expect.deepEqual(await axe(), []);
    await shot("dark_chinese");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
