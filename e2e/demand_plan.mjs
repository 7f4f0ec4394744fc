// The plan of the Demand screen as a user reads and edits it. The page speaks English.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applyImport, dropFile, openData, readAllRows } from "./data_screen.mjs";

const DAY_MS = 86_400_000;

// The ISO date so many days after 2026-01-05, a Monday.
export const date = (days) => new Date(Date.UTC(2026, 0, 5) + days * DAY_MS).toISOString().slice(0, 10);

// Imports one canonical table from text through the Data screen.
export async function bring(page, base, folder, file, text) {
  writeFileSync(join(folder, file), text);
  await openData(page, base);
  await dropFile(page, join(folder, file));
  await page.getByRole("heading", { name: "Columns" }).or(page.locator(".totals-table")).first().waitFor();
  if (!(await page.locator(".totals-table").isVisible())) await readAllRows(page);
  await applyImport(page);
  await page.locator(".import-list").getByText(file).first().waitFor();
  await planned(page);
}

// Waits until no plan is being made and the newest one is shown.
export async function planned(page) {
  await page.waitForFunction(
    () => document.querySelector(".fresh [data-state=fresh]") && !document.querySelector(".fresh [data-state=running]"),
    undefined,
    { timeout: 120_000 },
  );
}

// A row of the plan table as figures; a dash is 0.
export async function planRow(page, name) {
  const row = page.locator(".demand-plan tr", { has: page.getByRole("rowheader", { name, exact: true }) });
  const cells = await row.first().locator("td").allInnerTexts();
  return cells.map((text) => {
    const plain = text.trim().replaceAll(",", "").replace("−", "-").replace(/^–$/, "0").replace("+", "");
    const figure = Number(plain.replace(/K$/, ""));
    return plain.endsWith("K") ? figure * 1_000 : figure;
  });
}

// Waits until a row of the plan table is as wanted, and returns it.
export async function untilRow(page, name, wanted) {
  const limit = Date.now() + 60_000;
  let row = [];
  while (Date.now() < limit) {
    row = await planRow(page, name).catch(() => []);
    if (row.length > 0 && wanted(row)) return row;
    await page.waitForTimeout(50);
  }
  throw new Error(`row ${name}: last seen ${row.join(" ")}`);
}

// Fills the form of an adjustment that is open, and saves it.
export async function adjust(page, { how, value, last, reason, author, expires }) {
  const form = page.locator(".demand-editor");
  await form.waitFor();
  if (how) await form.getByRole("radio", { name: how }).click();
  await form.getByLabel("Value").fill(String(value));
  if (last !== undefined) await form.getByLabel(/^To/).selectOption({ index: last });
  await form.getByLabel("Reason").fill(reason);
  if (author) await form.getByLabel("Author").fill(author);
  if (expires !== undefined) await form.getByLabel("Expires").selectOption({ index: expires });
  await form.getByRole("button", { name: "Save" }).click();
  await form.waitFor({ state: "detached" });
}

// Demo company A planned on the terminal, with decisions if there are any: its hash and the rows of its files.
export function terminalPlan(folder, name, decisions) {
  const run = (...args) => execFileSync(process.env.BALLAST_TERMINAL, args, { stdio: "ignore" });
  const data = join(folder, "data");
  if (name === "before") run("demo", "--company", "a", "--out", data);
  const out = join(folder, name);
  run("plan", "--data", data, "--out", out, ...(decisions ? ["--decisions", decisions] : []));
  const hash = JSON.parse(readFileSync(join(out, "plan.json"), "utf8")).plan_hash;
  return { hash, input: (file) => table(join(data, file)), output: (file) => table(join(out, file)) };
}

// The rows of a CSV file without quotes, by the names of its columns.
export function table(file) {
  const [head, ...lines] = readFileSync(file, "utf8").trim().split("\n");
  const names = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, index) => [names[index], cell])));
}

// The bars of the waterfall as they are shown.
export async function bars(page) {
  await page.locator(".explain-table").waitFor();
  const rows = await page.locator(".explain-table tbody tr").evaluateAll((rows) => rows.map((row) => [row.dataset.part, row.cells[1].textContent, row.cells[2].textContent]));
  const number = (text) => Number(text.trim().replaceAll(",", "").replace("−", "-").replace("+", "")) || 0;
  return Object.fromEntries(rows.map(([part, units, share]) => [part, { units: number(units), text: units.trim(), share: share.trim() }]));
}

// The bars of a waterfall sum to its forecast as they are shown.
export function sums(expect, found) {
  const { forecast, ...parts } = found;
  const sum = Object.values(parts).reduce((sum, part) => sum + part.units, 0);
  expect.ok(Math.abs(sum - forecast.units) < 1e-6, JSON.stringify(found));
}

// Waits until the bars are as wanted.
export async function untilBars(page, wanted) {
  const limit = Date.now() + 90_000;
  let found = {};
  while (Date.now() < limit) {
    found = await bars(page).catch(() => ({}));
    if (found.forecast && wanted(found)) return found;
    await page.waitForTimeout(50);
  }
  throw new Error(`bars: last seen ${JSON.stringify(found)}`);
}
