import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shownHashes } from "../data_screen.mjs";
import { adjust, planRow, planned, terminalPlan, untilRow } from "../demand_plan.mjs";
import { openDemo, show } from "../workbench.mjs";

export const name = "20 % more on a category in one channel and region: its series sum exactly to it, on the page and on the terminal";
export const options = { locale: "en-GB", seconds: 400 };

const SLICE = { category: "奶粉", channel: "tmall", region: "east" };
const WEEKS = 3;

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-edit-"));
  try {
    const before = planOf(folder, "before");
    await openDemo(page, base);
    await show(page, `#/demand?${new URLSearchParams(SLICE)}`);
    const base0 = await untilRow(page, "Forecast", (row) => row.length === 13);
    expect.deepEqual(base0, shown(before.totals));

    // By keyboard: into the row of adjustments, to the second week, open, type.
    await page.locator(".demand-hand button").first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    const form = page.locator(".demand-editor");
    await form.waitFor();
    expect.equal(await page.evaluate(() => document.activeElement.closest("label")?.innerText.split("\n")[0]), "Value");
    // Nothing is saved without a reason and a name.
    await page.keyboard.type("20");
    await page.keyboard.press("Enter");
    await form.getByText("Enter a reason").waitFor();
    await form.getByText("Enter a name").waitFor();
    expect.deepEqual(await axe(), []);
    await shot("form");
    await adjust(page, { value: 20, last: 1 + WEEKS - 1, reason: "Livestream on 4 November", author: "Wang Qian" });

    // At once in the table, in every week as the terminal has it.
    const start = before.weeks[1];
    const decisions = join(folder, "decisions.csv");
    const end = new Date(Date.parse(start) + (7 * WEEKS - 1) * 86_400_000).toISOString().slice(0, 10);
    writeFileSync(
      decisions,
      `kind,category,channel,region,from,to,value,reason,author\npercent,${SLICE.category},${SLICE.channel},${SLICE.region},${start},${end},20,Livestream,Wang\n`,
    );
    const after = planOf(folder, "after", decisions);
    before.totals.forEach((total, week) => {
      const isMeant = week >= 1 && week <= WEEKS;
      // Thousandths: 1.2 times the total, halves up; and nothing else moves.
      expect.equal(after.totals[week], isMeant ? Math.floor((total * 12 + 5) / 10) : total, `week ${week}`);
    });
    for (const [key, rows] of Object.entries(before.rest)) expect.deepEqual(after.rest[key], rows, key);
    await untilRow(page, "Forecast", (row) => String(row) === String(shown(after.totals)));
    const edits = await planRow(page, "Adjustment");
    edits.forEach((edit, week) => {
      const gained = (after.totals[week] - before.totals[week]) / 1000;
      expect.ok(Math.abs(edit - gained) <= Math.max(1, Math.abs(gained) * 0.01), `week ${week}: ${edit} for ${gained}`);
    });
    await page.locator(".demand-band").getByText("+20 %").waitFor();
    expect.equal(await page.evaluate(() => document.activeElement.closest(".demand-hand") !== null), true, "the focus is back in the row");
    await shot("adjusted");

    // The whole plan follows: equal to the terminal's to the last byte.
    await planned(page);
    await show(page, "#/data");
    await page.waitForFunction((hash) => document.querySelector("[data-name=plan-hash]")?.textContent === hash, after.hash, { timeout: 120_000 });

    // Taken back, the plan is the one before; done again, the one after.
    const undo = page.getByRole("button", { name: "Undo: Forecast adjusted" });
    await undo.click();
    await page.waitForFunction((hash) => document.querySelector("[data-name=plan-hash]")?.textContent === hash, before.hash, { timeout: 120_000 });
    await page.getByRole("button", { name: "Redo: Forecast adjusted" }).click();
    await page.waitForFunction((hash) => document.querySelector("[data-name=plan-hash]")?.textContent === hash, after.hash, { timeout: 120_000 });
    expect.equal((await shownHashes(page)).plan, after.hash);

    // It outlives a reload, and stands in the list with its effect.
    await page.reload();
    await show(page, `#/demand?tab=history&${new URLSearchParams(SLICE)}`);
    const row = page.locator(".demand-edits tbody tr");
    await row.getByText("Livestream on 4 November").waitFor({ timeout: 120_000 });
    await row.getByText("Wang Qian").waitFor();
    await row.getByText("Active").waitFor();
    expect.deepEqual(await axe(), []);
    await shot("list");
    await row.getByRole("button", { name: "Remove" }).click();
    await page.getByText("No overrides yet").waitFor();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The demo company planned on the terminal: hash, weekly totals of the slice in thousandths, the other series.
function planOf(folder, name, decisions) {
  const plan = terminalPlan(folder, name, decisions);
  const inCategory = new Set(plan.input("skus.csv").filter((row) => row.category === SLICE.category).map((row) => row.sku));
  const totals = new Map();
  const rest = {};
  for (const row of plan.output("forecast.csv")) {
    const units = Math.round(Number(row.mean) * 1000);
    if (inCategory.has(row.sku) && row.channel === SLICE.channel && row.region === SLICE.region) {
      totals.set(row.date, (totals.get(row.date) ?? 0) + units);
    } else {
      const key = `${row.channel} ${row.region}`;
      rest[key] = (rest[key] ?? 0) + units;
    }
  }
  const weeks = [...totals.keys()].sort();
  return {
    hash: plan.hash,
    weeks,
    totals: weeks.slice(0, 13).map((week) => totals.get(week)),
    rest,
  };
}

// Thousandths as the table shows them: whole units, halves away from zero.
function shown(totals) {
  return totals.map((total) => Math.round(total / 1000));
}
