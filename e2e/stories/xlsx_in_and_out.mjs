import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyImport, dropFile, openData, readAllRows, shownHashes } from "../data_screen.mjs";
import { readWorkbook, writeWorkbook } from "../xlsx.mjs";

export const name = "XLSX in and out: workbooks are imported, proposals leave as a workbook that holds what the screen shows";
export const options = { locale: "en-GB" };

// Codes as a formula would begin: they have to stay what they are, in and out.
const CODES = ["=A1", "+B2", "-C3", "@D4", "E5"];
const WEEKS = 40;

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-xlsx-"));
  try {
    const [stock, sales] = [join(folder, "库存.xlsx"), join(folder, "销售.xlsx")];
    const stockRows = CODES.map((code, index) => [code, `商品 ${index + 1}`, "W1", "良品", 10 * index, 4.5]);
    writeFileSync(stock, writeWorkbook("库存", [["货号", "商品名称", "仓库", "库存状态", "数量", "成本价"], ...stockRows]));
    writeFileSync(sales, writeWorkbook("明细", [["日期", "货号", "渠道", "地区", "数量", "单价"], ...salesRows()]));

    await openData(page, base);
    await dropFile(page, stock);
    await page.getByRole("heading", { name: "Columns" }).waitFor();
    expect.equal(await page.getByLabel("Sheet").evaluate((select) => select.selectedOptions[0].label), "库存");
    expect.deepEqual(await axe(), []);
    await shot("sheet");
    expect.deepEqual((await readAllRows(page)).loaded, { lines: 5, quantity: 100, value: 450 });
    await applyImport(page);
    await dropFile(page, sales);
    await page.getByRole("heading", { name: "Columns" }).waitFor();
    expect.equal((await readAllRows(page)).loaded.lines, CODES.length * WEEKS);
    await applyImport(page);
    await page.getByText("销售.xlsx").first().waitFor();
    await shownHashes(page);

    await page.goto(`${base}/#/inventory/replenish`);
    const screen = await shownRows(page);
    expect.equal(screen.length, CODES.length);
    const { rows, frozen, hasFormula, name } = readWorkbook(await exported(page, "Workbook, XLSX", shot));
    expect.deepEqual([name, frozen, hasFormula], ["Order proposals", 1, false]);
    expect.deepEqual(inSheet(rows), screen);
    expect.deepEqual([...rows.slice(1)].map((row) => row[1]).sort(), [...CODES].sort());

    const csv = (await exported(page, "Text, CSV")).toString("utf8");
    expect.ok(csv.startsWith("\ufeff") && csv.includes("\r\n"));
    for (const code of CODES.slice(0, 4)) expect.ok(csv.includes(`'${code},`), code);
    expect.ok(csv.includes(",E5,") && !/,'-?\d/.test(csv));

    await page.locator(".head .segmented").getByRole("radio", { name: "中" }).click();
    const chinese = readWorkbook(await exported(page, "工作簿 XLSX"));
    expect.equal(chinese.name, "补货建议");
    expect.deepEqual(chinese.rows[0].slice(1, 3), ["商品编码", "商品名称"]);
    expect.ok(chinese.rows.slice(1).every((row) => row[2].startsWith("商品")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function salesRows() {
  const rows = [];
  for (let week = 0; week < WEEKS; week += 1) {
    const day = new Date(Date.UTC(2026, 0, 5) + week * 7 * 86_400_000).toISOString().slice(0, 10);
    CODES.forEach((code, index) => rows.push([day, code, "online", "CN", 6 + index + (week % 3), 9.9]));
  }
  return rows;
}

// Code, quantity, value and loss of each line on screen, in its order.
async function shownRows(page) {
  const rows = page.getByRole("grid").getByRole("row");
  await page.waitForFunction((count) => document.querySelectorAll("[role=grid] [role=row]").length > count, CODES.length);
  const lines = await rows.evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("[role=gridcell]")].map((cell) => cell.innerText)));
  const number = (text) => Number(text.replaceAll(",", ""));
  return lines
    .filter((cells) => cells.length > 0)
    .map(([, item, , quantity, value, loss]) => ({
      code: CODES.find((code) => item.includes(code)),
      reason: item.split("\n").at(-1),
      figures: [quantity, value, loss].map((text) => (text === "–" ? null : number(text))),
    }));
}

// The same from the sheet, as coarse as the screen shows it.
function inSheet([header, ...rows]) {
  const column = (name) => header.findIndex((text) => text.startsWith(name));
  const [code, reason] = [column("SKU"), column("Reason")];
  const figures = [column("Order"), column("Value"), column("Loss")];
  return rows.map((row) => ({
    code: row[code],
    reason: row[reason],
    figures: figures.map((index) => (typeof row[index] === "number" ? Math.round(row[index]) : null)),
  }));
}

async function exported(page, format, shot) {
  await page.getByRole("button", { name: /^(Export|导出)$/ }).click();
  await shot?.("export");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: format }).click()]);
  return readFileSync(await download.path());
}
