import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { table } from "../demand_plan.mjs";
import { openDemo, show } from "../workbench.mjs";

export const name = "why forecasts missed: causes sum to the error, for the slice and by any cut, with the figures of the terminal";
export const options = { locale: "en-GB", seconds: 300 };

const CAUSES = ["noise", "level", "season", "events", "price", "signals"];

const number = (text) => Number(text.replaceAll(",", "").replace("−", "-").replace("+", "").replace("%", "").trim()) || 0;

// Points, units and share of every cause, and of the error that they sum to.
async function causes(page) {
  await page.locator("[data-cause=error]").waitFor({ timeout: 180_000 });
  const rows = await page.locator("[data-cause]").evaluateAll((rows) => rows.map((row) => [row.dataset.cause, ...[...row.cells].slice(1).map((cell) => cell.textContent.trim())]));
  const found = Object.fromEntries(rows.map(([cause, ...cells]) => [cause, cells.map(number)]));
  return found;
}

// The rows of the current cut: code, words, then units and points.
async function cut(page) {
  return page.locator("[data-missed]").evaluateAll((rows) => rows.map((row) => [row.dataset.missed, ...[...row.cells].slice(1).map((cell) => cell.textContent.trim())]));
}

function sums(expect, found) {
  for (const place of [0, 1]) {
    const sum = CAUSES.reduce((sum, cause) => sum + found[cause][place], 0);
    expect.ok(Math.abs(sum - found.error[place]) < 1e-6, JSON.stringify(found));
  }
}

// Figures shown are rounded where they end: off by at most one of the last digit.
function same(expect, shown, told) {
  for (const cause of CAUSES) {
    const [points, units] = shown[cause];
    expect.ok(Math.abs(units - Number(told[cause])) <= 1, `${cause}: ${units} ${told[cause]}`);
    expect.ok(Math.abs(points - 100 * Number(told[`${cause}_wape`])) <= 0.11, `${cause}: ${points} ${told[`${cause}_wape`]}`);
  }
  expect.ok(Math.abs(shown.error[1] - Number(told.error)) <= 0.5, `${shown.error[1]} ${told.error}`);
}

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-misses-"));
  try {
    const data = join(folder, "data");
    const terminal = (...args) => execFileSync(process.env.BALLAST_TERMINAL, args, { stdio: "ignore" });
    terminal("demo", "--company", "a", "--out", data);
    const told = (...args) => {
      const file = join(folder, "misses.csv");
      terminal("explain", "misses", "--data", data, "--out", file, ...args);
      return table(file);
    };

    await openDemo(page, base);
    await show(page, "#/demand?tab=accuracy");
    const all = await causes(page);
    console.log(`         ${JSON.stringify(all)}`);
    sums(expect, all);
    same(expect, all, told()[0]);

    // By channel: the terminal's rows in its order, each with its largest causes in words.
    await page.getByRole("radio", { name: "Channel" }).click();
    const byChannel = told("--by", "channel");
    await page.locator(`[data-missed=${byChannel[0].code}]`).waitFor({ timeout: 20_000 });
    const rows = await cut(page);
    expect.deepEqual(rows.map(([code]) => code), byChannel.map((row) => row.code));
    for (const [place, [, words, error, wape, ...points]] of rows.entries()) {
      const row = byChannel[place];
      expect.ok(Math.abs(number(error) - Number(row.error)) <= 0.5, `${error} ${row.error}`);
      expect.ok(Math.abs(number(wape) - 100 * Number(row.wape)) <= 0.051, `${wape} ${row.wape}`);
      for (const [at, cause] of CAUSES.entries()) {
        expect.ok(Math.abs(number(points[at]) - 100 * Number(row[`${cause}_wape`])) <= 0.051, `${cause} ${points[at]}`);
      }
      expect.ok(words.toLowerCase().startsWith(row.largest), `${words} ${row.largest}`);
    }
    await page.locator("[data-cause=error]").scrollIntoViewIfNeeded();
    expect.deepEqual(await axe(), []);
    await shot("causes");

    // By keyboard into a channel: its own error, shared out by the same figures.
    const first = page.locator(`[data-missed=${byChannel[0].code}]`).getByRole("button");
    await first.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction((code) => location.hash.includes(`channel=${code}`), byChannel[0].code);
    const deadline = Date.now() + 20_000;
    let part = all;
    while (part.error[1] === all.error[1] && Date.now() < deadline) part = await causes(page);
    sums(expect, part);
    same(expect, part, byChannel[0]);

    // The other language and theme.
    await page.evaluate(() => {
      localStorage.setItem("ballast:theme", "dark");
      localStorage.setItem("ballast:lang", "zh-CN");
    });
    await page.reload();
    expect.deepEqual(await causes(page), part);
    await page.locator("[data-cause=error]").scrollIntoViewIfNeeded();
    await shot("causes in Chinese, dark");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
