import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dragFile, dropFile } from "../data_screen.mjs";

export const name = "a GB18030 stock export is imported, its seven bad rows are listed with reason, corrected and imported";
export const options = { locale: "en-GB" };

const FIXTURE = fileURLToPath(new URL("../../tests/fixtures/import/stock_gb18030/input.csv", import.meta.url));

// Line of the file, and words of its reason.
const REFUSED = [
  [6, /Not a number: 十二/],
  [10, /Not a date: 2026\/13\/1/],
  [14, /Unknown word: 外借/],
  [18, /Below zero: -3/],
  [22, /No value for/],
  [26, /Same key as line 2/],
  [30, /cells, the header has 8/],
];

export async function run({ page, base, expect, axe, shot }) {
  await page.goto(`${base}/#/data`);
  await page.getByRole("heading", { name: "Drop my files" }).waitFor();
  expect.deepEqual(await axe(), []);
  await dragFile(page, FIXTURE);

  await page.getByRole("heading", { name: "Columns" }).waitFor();
  expect.equal(await page.getByLabel("Encoding").evaluate((select) => select.selectedOptions[0].label), "GB18030");
  expect.deepEqual(await axe(), []);
  await shot("import_mapping");
  await page.getByRole("button", { name: "Read all rows" }).click();

  await page.getByText("Every row is accounted for: 37 = 30 + 0 + 0 + 7").waitFor();
  const shown = await page.getByRole("grid").innerText();
  for (const [line, reason] of REFUSED) {
    expect.match(shown, reason);
    expect.ok(shown.split(/\s+/).includes(String(line)), `line ${line}`);
  }
  expect.deepEqual(await axe(), []);
  await shot("import_totals");

  const leaving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download these rows" }).click();
  const left = await leaving;
  expect.equal(left.suggestedFilename(), "input_to_correct.csv");
  const rows = readFileSync(await left.path(), "utf8");

  await page.getByRole("button", { name: /^Import \d+ rows$/ }).click();
  const history = page.locator(".import-list > li");
  await history.waitFor();
  expect.match(await history.innerText(), /input\.csv[\s\S]*7 of 37 rows not imported/);
  const hash = await page.locator("[data-name=dataset-hash]").innerText();
  expect.match(hash, /^[0-9a-f]{64}$/);

  // The import is one gesture: undo takes it back, redo brings the same data again.
  await page.getByRole("button", { name: "Undo: Import" }).click();
  await history.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Redo: Import" }).click();
  await history.waitFor();
  expect.equal(await page.locator("[data-name=dataset-hash]").innerText(), hash);

  // The refused rows as they stood, each with its reason; corrected, the same columns read them.
  expect.equal(rows.split("\r\n").length, 1 + REFUSED.length + 1);
  expect.match(rows, /^\ufeffballast_line,ballast_reason,商品编码,/);
  expect.match(rows, /\r\n6,Not a number: 十二,MY0011,隔尿垫,/);
  const corrected = CORRECTIONS.reduce((text, [from, to]) => text.replace(from, to), rows);
  await dropFile(page, { name: "corrected.csv", mimeType: "text/csv", buffer: Buffer.from(corrected) });
  await page.getByText("Every row is accounted for: 7 = 7 + 0 + 0 + 0").waitFor();
  await page.getByText(/^Columns as confirmed for input\.csv/).waitFor();
  await page.getByRole("button", { name: "Import 7 rows" }).click();
  await history.nth(1).waitFor();
  expect.match(await page.locator(".data-columns").innerText(), /Stock\s+37/);
}

const CORRECTIONS = [
  [",十二,", ",12,"],
  ["L2602,2026/13/1", "L2602,2026/11/1"],
  [",外借,", ",良品,"],
  [",-3,", ",3,"],
  [",,学饮杯", ",MY0020,学饮杯"],
  [",L2693,", ",L9999,"],
  [",多出一列", ""],
];
