import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyImport, dropFile, openData, readAllRows, shownTotals } from "../data_screen.mjs";
import { wipe } from "../workbench.mjs";

export const name = "columns confirmed once are not asked for again, also after a backup came back";
export const options = { locale: "en-GB" };

const HEADER = "Zeug;Ort;Menge";
const file = (code) => `Report of today;;\n${HEADER}\n${code};W1;1,5\n`;

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-columns-"));
  try {
    const write = (name, text) => (writeFileSync(join(folder, name), text), join(folder, name));
    await openData(page, base);
    await dropFile(page, write("first.csv", file("A1")));
    await page.getByRole("heading", { name: "Columns" }).waitFor();

    // Separator and header line are the user's to change; preview and columns follow.
    await page.getByLabel("Separator").selectOption({ label: "Pipe" });
    await page.locator(".mapping-source", { hasText: HEADER }).or(page.getByText("1 columns")).first().waitFor();
    await page.getByLabel("Separator").selectOption({ label: "Semicolon" });
    await page.getByLabel("Header").selectOption({ label: "Line 2" });
    await page.locator(".mapping-source", { hasText: "Zeug" }).waitFor();
    expect.equal(await page.locator(".preview-line[data-place=header]").innerText(), `2\n${HEADER}`);
    await shot("format");

    await page.getByLabel("Into table").selectOption({ label: "Stock" });
    for (const [header, target] of [["Zeug", /^SKU \(/], ["Ort", /^Warehouse \(/], ["Menge", /^Quantity \(/]]) {
      await choose(page.getByLabel(`Target of ${header}`), target);
    }
    await choose(page.getByLabel(/^Decimal mark/), /^1\.234,5$/);
    expect.deepEqual((await readAllRows(page)).loaded, { lines: 1, quantity: 1.5, value: 0 });
    await applyImport(page);

    // The next one of the same shape goes straight to the check.
    await dropFile(page, write("second.csv", file("B2")));
    expect.equal((await shownTotals(page)).loaded.quantity, 1.5);
    await page.getByText(/^Columns as confirmed for first\.csv on \d{4}-\d\d-\d\d/).waitFor();
    expect.deepEqual(await axe(), []);
    await shot("reused");
    await applyImport(page);
    await page.getByText("second.csv").first().waitFor();

    // They travel in the backup.
    await page.goto(`${base}/#/data/settings`);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save a backup" }).click()]);
    const backup = write("company.ballast", readFileSync(await download.path()));
    await page.goto("about:blank");
    await page.goto(`${base}/#/data/settings`);
    await page.evaluate(() => localStorage.clear());
    await wipe(page);
    await page.reload();
    await page.locator(".drop input[type=file]").setInputFiles(backup);
    await page.waitForFunction(() => document.querySelector(".head-name").textContent === "My company");
    await page.goto(`${base}/#/data`);
    await dropFile(page, write("third.csv", file("C3")));
    await shownTotals(page);
    await page.getByText(/^Columns as confirmed for second\.csv/).waitFor();

    // And can be dropped: the file is mapped from scratch, now and next time.
    await page.getByRole("button", { name: "Map anew" }).click();
    await page.getByRole("button", { name: "Read all rows" }).waitFor();
    expect.equal(await page.getByText(/^Columns as confirmed/).count(), 0);
    await page.getByRole("button", { name: "Leave this file out" }).click();
    await dropFile(page, write("fourth.csv", file("D4")));
    await page.getByRole("heading", { name: "Columns" }).waitFor();
    expect.equal(await page.getByText(/^Columns as confirmed/).count(), 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// Chooses the option whose words fit.
async function choose(select, words) {
  const labels = await select.evaluate((select) => [...select.options].map((option) => option.label));
  await select.selectOption({ label: labels.find((label) => words.test(label)) });
}
