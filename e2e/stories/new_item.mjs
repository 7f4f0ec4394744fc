import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shownHashes } from "../data_screen.mjs";
import { planned, table, terminalPlan, untilRow } from "../demand_plan.mjs";
import { openDemo, show } from "../workbench.mjs";

export const name = "a new item by two analogues: a forecast with its band, in the plan, equal to the terminal's, and taken back";
export const options = { locale: "en-GB", seconds: 400 };

const CODE = "NEW-1";

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-new-"));
  try {
    const before = planOf(folder, "before");
    await openDemo(page, base);
    await planned(page);
    await show(page, "#/demand?tab=new");
    const form = page.getByRole("form", { name: "Forecast a new item" });
    await form.waitFor({ timeout: 60_000 });

    // Nothing is saved before goods, reason and author are given.
    await form.getByRole("button", { name: "Add to the plan" }).click();
    await form.getByText("Choose goods", { exact: true }).waitFor();
    await form.getByText("Enter a reason").waitFor();

    // Goods that the data does not have, as a planner types them, by keyboard where it is a field.
    await form.getByLabel(/^Goods/).selectOption({ label: "Goods not in the data yet" });
    await form.getByLabel("SKU code", { exact: true }).fill(CODE);
    await page.keyboard.press("Tab");
    await page.keyboard.type("Alpine milk powder");
    const category = await form.getByLabel("Category").evaluate((select) => {
      const option = [...select.options].find((one) => one.text === "Milk powder" || one.text === "Infant formula" || one.text.includes("ormula"));
      return option?.text ?? select.options[3].text;
    });
    await form.getByLabel("Category").selectOption({ label: category });
    await form.getByLabel("List price").fill("268");
    await form.getByLabel("Unit cost").fill("120");
    // The second week ahead.
    await form.getByLabel("Launch").selectOption({ index: 1 });

    // Suggested goods say why; without any chosen the group's launches are the forecast.
    await form.getByText("Same category").first().waitFor();
    await form.getByText("No analogues chosen", { exact: false }).waitFor();
    const boxes = form.locator("tbody input[type=checkbox]");
    const codes = (await form.locator(".launch-code").allInnerTexts()).slice(0, 2);
    await boxes.nth(0).focus();
    await page.keyboard.press("Space");
    await form.getByText("No analogues chosen", { exact: false }).waitFor({ state: "detached" });
    for (const code of codes) {
      const box = form.locator("tbody tr", { hasText: code }).getByRole("checkbox");
      if (!(await box.isChecked())) await box.press("Space");
    }
    // A code that no goods have is said, keeps the form from being saved, and can be taken out.
    await form.getByLabel("Another SKU code").fill("NOPE");
    await page.keyboard.press("Enter");
    await form.getByText("The data has no NOPE").waitFor();
    await form.getByRole("button", { name: "Take out" }).click();
    await form.getByText("The data has no NOPE").waitFor({ state: "detached" });
    await page.waitForFunction((codes) => [...document.querySelectorAll(".launch-form tbody input")].filter((box) => box.checked).length === codes.length, codes);
    await form.locator(".launch-charts canvas, .launch-charts svg").first().waitFor();
    await form.getByText("First 8 weeks from the launch").waitFor();
    expect.deepEqual(await axe(), []);
    await form.getByLabel("Reason").fill("Spring range");
    await form.getByLabel("Author").fill("Wang Qian");
    await page.locator(".launch-charts").scrollIntoViewIfNeeded();
    await shot("form");
    const outcome = await form.locator(".launch-facts dd").first().innerText();
    await form.getByRole("button", { name: "Add to the plan" }).click();

    // In the plan: the list says what is expected, and the page's plan is the terminal's to the last byte.
    const row = page.locator(".launch-list tbody tr", { hasText: CODE });
    await row.getByText("Spring range").waitFor({ timeout: 120_000 });
    await planned(page);
    expect.ok(outcome.startsWith((await row.locator("td").nth(2).innerText()).trim()), `${outcome} as in the list`);
    await shot("list");
    const start = before.weeks[1];
    const decisions = join(folder, "decisions.csv");
    const categoryCode = await codeOf(folder, category);
    writeFileSync(
      decisions,
      `kind,sku,analogues,from,category,name,price,cost,reason,author\nlaunch,${CODE},${codes.join(";")},${start},${categoryCode},Alpine milk powder,268,120,Spring range,Wang Qian\n`,
    );
    const after = planOf(folder, "after", decisions);
    await show(page, "#/data");
    await page.waitForFunction((hash) => document.querySelector("[data-name=plan-hash]")?.textContent === hash, after.hash, { timeout: 120_000 });
    expect.equal((await shownHashes(page)).plan, after.hash);
    expect.ok(after.units > 0 && after.proposals > 0, "forecast and orders hold it");

    // On the chart, with its band and the name of its model.
    await show(page, "#/demand?tab=new");
    await row.getByRole("button", { name: "Show the forecast" }).click();
    await untilRow(page, "Forecast", (weeks) => weeks.length === 13 && weeks[0] === 0 && weeks.slice(1).some((units) => units > 0));
    await page.getByText("New item: past launches and own sales").or(page.getByText(/of each/)).first().waitFor();
    await shot("chart");

    // Taken back, the plan is the one before; done again, the one after; it outlives a reload.
    await page.getByRole("button", { name: "Undo: New item planned" }).click();
    await show(page, "#/data");
    await page.waitForFunction((hash) => document.querySelector("[data-name=plan-hash]")?.textContent === hash, before.hash, { timeout: 120_000 });
    await page.getByRole("button", { name: "Redo: New item planned" }).click();
    await page.waitForFunction((hash) => document.querySelector("[data-name=plan-hash]")?.textContent === hash, after.hash, { timeout: 120_000 });
    await page.reload();
    await page.waitForFunction((hash) => document.querySelector("[data-name=plan-hash]")?.textContent === hash, after.hash, { timeout: 120_000 });

    // Changed in the same form.
    await show(page, "#/demand?tab=new");
    await row.getByRole("button", { name: "Edit" }).click();
    await form.getByRole("button", { name: "Save changes" }).waitFor();
    const code = form.getByLabel("SKU code", { exact: true });
    expect.equal(await code.inputValue(), CODE);
    // It stays with its goods.
    expect.ok(!(await code.isEditable()), "the code is not for changing");
    expect.equal(await form.getByLabel(/^Goods/).locator("option").count(), 1);
    await row.getByRole("button", { name: "Remove" }).click();
    await row.waitFor({ state: "detached", timeout: 120_000 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The demo company planned on the terminal: hash, weeks, units and orders of the new item.
function planOf(folder, name, decisions) {
  const plan = terminalPlan(folder, name, decisions);
  const forecast = plan.output("forecast.csv");
  const own = forecast.filter((row) => row.sku === CODE);
  return {
    hash: plan.hash,
    weeks: [...new Set(forecast.map((row) => row.date))].sort(),
    units: own.reduce((sum, row) => sum + Number(row.mean), 0),
    proposals: plan.output("proposals.csv").filter((row) => row.sku === CODE).length,
  };
}

// The code of a category by its English name.
async function codeOf(folder, name) {
  return table(join(folder, "data", "categories.csv")).find((row) => row.name_en === name).category;
}
