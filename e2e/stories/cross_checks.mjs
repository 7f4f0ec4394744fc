import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyImport, dropFile, openData, readAllRows, shownHashes } from "../data_screen.mjs";

export const name = "tables that contradict each other are told on Data";
export const options = { locale: "en-GB" };

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-checks-"));
  const enter = async (file, text) => {
    const path = join(folder, file);
    writeFileSync(path, text);
    await dropFile(page, path);
    await page.getByRole("heading", { name: "Columns" }).waitFor();
    await readAllRows(page);
    await applyImport(page);
    await page.getByText(file).first().waitFor();
  };
  try {
    await openData(page, base);
    const days = Array.from({ length: 70 }, (_, day) => new Date(Date.UTC(2026, 0, 5 + day)).toISOString().slice(0, 10));
    const sales = days.flatMap((day) => ["A", "B"].map((sku) => `${day},${sku},web,east,4`));
    await enter("demand.csv", `date,sku,channel,region,quantity\n${sales.join("\n")}\n${days[3]},Z,web,east,2\n`);
    await shownHashes(page);
    const panel = page.getByRole("region", { name: "Checks across tables" }).first();
    await panel.waitFor();
    await page.getByText("The tables do not contradict each other").waitFor();

    await enter("skus.csv", "sku,category,successor\nA,toys,A\nB,toys,\n");
    const rows = page.locator(".data-checks tbody tr");
    await rows.nth(1).waitFor();
    const said = await rows.evaluateAll((rows) => rows.map((row) => [row.dataset.code, row.cells[0].textContent, row.cells[2].textContent]));
    expect.deepEqual(said.map(([code, table]) => [code, table]).sort(), [["W_OWN_SUCCESSOR", "SKUs"], ["W_UNKNOWN_CODE", "Demand"]]);
    expect.ok(said.some(([, , reason]) => reason.includes("Z")), JSON.stringify(said));
    expect.deepEqual(await axe(), []);
    await shot("told");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
