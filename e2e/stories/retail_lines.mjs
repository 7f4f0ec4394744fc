import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyImport, dropFile, onTerminal, openData, readAllRows, reloadOffline, shownHashes } from "../data_screen.mjs";
import { writeRetailLines } from "../retail_lines.mjs";

export const name = "invoice lines become demand, every line is accounted for, and terminal, page and offline reload agree";
export const options = { locale: "en-GB", seconds: 300 };

const LINES = 6_000;

export async function run({ page, base, expect, axe, shot, offline }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-retail-"));
  try {
    const file = join(folder, "retail.csv");
    const kinds = writeRetailLines(file, { count: LINES });
    const terminal = onTerminal(file);
    expect.equal(terminal.planned, terminal.dataset);

    await openData(page, base);
    await dropFile(page, file);
    await page.getByRole("heading", { name: "Columns" }).waitFor();
    const totals = await readAllRows(page);
    expect.equal(totals.file.lines, LINES);
    for (const [kind, count] of Object.entries(kinds)) expect.equal(totals[kind].lines, count, kind);
    expect.deepEqual(totals.difference, { lines: 0, quantity: 0, value: 0 });
    expect.deepEqual(roundedValues(totals), roundedValues(terminal.totals));
    expect.deepEqual(await axe(), []);
    await shot("totals");
    await applyImport(page);

    const online = await shownHashes(page);
    expect.deepEqual(online, { dataset: terminal.dataset, plan: terminal.plan });
    await page.goto(`${base}/#/demand`);
    await page.getByRole("tree", { name: "Region" }).getByText("Germany").waitFor();
    await shot("demand");
    const before = await grids(page);

    await reloadOffline(page, offline);
    await page.getByRole("tree", { name: "Region" }).getByText("Germany").waitFor();
    expect.deepEqual(await grids(page), before);
    await page.goto(`${base}/#/data`);
    expect.deepEqual(await shownHashes(page), online);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The page shows money to the cent, the terminal all of it.
function roundedValues(totals) {
  const rounded = Object.entries(totals).map(([group, { lines, quantity, value }]) => [group, [lines, quantity, value.toFixed(2)]]);
  return Object.fromEntries(rounded.filter(([group, [lines]]) => lines > 0 || group === "difference"));
}

// What the trees of the Demand screen show: names and rates.
async function grids(page) {
  return page.locator(".demand-tree").allInnerTexts();
}
