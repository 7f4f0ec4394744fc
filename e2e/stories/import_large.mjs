import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyImport, dropFile, openData, readAllRows } from "../data_screen.mjs";
import { writeRetailLines } from "../retail_lines.mjs";

export const name = "a million rows need no more than 300 MiB in the import worker, and a stopped import leaves no trace";
export const options = { locale: "en-GB", seconds: 600 };

const ROWS = 1_000_000;
const MEMORY_MAX = 300 * (1 << 20);

export async function run({ page, base, expect }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-large-"));
  try {
    const [small, large] = [join(folder, "small.csv"), join(folder, "large.csv")];
    writeRetailLines(small, { count: 300 });
    writeRetailLines(large, { count: ROWS, items: 3_000, days: 700, seed: 11 });
    await openData(page, base);
    await dropFile(page, small);
    await readAllRows(page);
    await applyImport(page);
    const before = await state(page);

    // Of the same shape, so it is read at once; stopped on the way, then left out.
    await dropFile(page, large);
    await page.waitForFunction(() => /[1-9]/.test(document.querySelector(".state[data-state=working] p")?.textContent.split(" ")[0] ?? ""));
    await page.getByRole("button", { name: "Stop the import" }).click();
    await page.getByRole("button", { name: "Read all rows" }).waitFor();
    expect.deepEqual(await state(page), before);

    // Started anew it reads every row.
    const totals = await readAllRows(page);
    expect.equal(totals.file.lines, ROWS);
    expect.deepEqual(totals.difference, { lines: 0, quantity: 0, value: 0 });
    const peak = Number(await page.locator("[data-peak-bytes]").getAttribute("data-peak-bytes"));
    expect.ok(peak <= MEMORY_MAX, `${(peak / (1 << 20)).toFixed(0)} MiB`);
    console.log(`         ${ROWS} rows, import worker ${(peak / (1 << 20)).toFixed(0)} MiB`);
    await page.getByRole("button", { name: "Leave this file out" }).click();
    expect.deepEqual(await state(page), before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// Tables, rows, hash and history as shown.
async function state(page) {
  const tables = page.locator(".data-columns .plain-table tbody tr");
  await tables.first().waitFor();
  return {
    tables: await tables.allInnerTexts(),
    dataset: await page.locator("[data-name=dataset-hash]").innerText(),
    history: await page.locator(".import-list > li").allInnerTexts(),
  };
}
