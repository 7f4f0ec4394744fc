import { readFileSync } from "node:fs";
import { readWorkbook } from "../xlsx.mjs";
import { openDemo, show } from "../workbench.mjs";

export const name = "the error of a slice is shown by any cut, the largest share first, and a row narrows the slice";
export const options = { locale: "en-GB", seconds: 200 };

export async function run({ page, base, expect, axe, shot }) {
  await openDemo(page, base);
  await show(page, "#/demand?tab=accuracy&by=channel");
  const channels = await table(page, 3);
  const navigator = await page.getByRole("tree", { name: "Channel" }).getByRole("treeitem").evaluateAll((rows) =>
    Object.fromEntries(rows.map((row) => [row.querySelector(".cut").textContent, Number(row.querySelector(".demand-wape").textContent)])),
  );
  for (const { name, wape } of channels) expect.equal(wape, navigator[name], name);
  expectPareto(expect, channels);
  expect.ok(Math.abs(channels.at(-1).cumulative - 100) <= 1, "the channels make the whole error");
  expect.deepEqual(await axe(), []);

  await page.getByRole("radio", { name: "SKU" }).click();
  await page.getByText(/of 1,\d\d\d make 80 % of the error/).waitFor();
  const skus = await table(page, 100);
  expectPareto(expect, skus);
  await shot("skus");
  await expectExport(page, expect, skus);

  await page.getByRole("radio", { name: "Region" }).click();
  const [first] = await table(page, 7);
  await page.locator(".demand-pareto button").first().click();
  await page.waitForFunction(() => location.hash.includes("region="));
  await eventuallyAlone(page, first.name);
  await shot("region");
}

// The table as a workbook: a sheet for each table of the view, this one first, figures as numbers.
async function expectExport(page, expect, shown) {
  const button = page.getByRole("button", { name: "Export", exact: true });
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  expect.match(download.suggestedFilename(), /^Demand_.*_\d{4}-\d\d-\d\d\.xlsx$/);
  const { rows, name, hasFormula } = readWorkbook(readFileSync(await download.path()));
  expect.deepEqual([name, hasFormula], ["Accuracy", false]);
  const [head, whole, ...lines] = rows;
  expect.deepEqual(head.slice(0, 4), ["Name", "Share of error %", "Cumulative %", "WAPE %"]);
  expect.equal(whole[0], "Whole scope");
  expect.deepEqual(lines.map((row) => [row[0], row[1], row[3]]), shown.map((row) => [row.name, row.share, row.wape]));
}

function expectPareto(expect, rows) {
  rows.slice(1).forEach((row, index) => {
    expect.ok(row.share <= rows[index].share, `${row.name} after ${rows[index].name}`);
    expect.ok(row.cumulative >= rows[index].cumulative);
  });
}

// The rows of the table but its first, which is the whole slice.
async function table(page, count) {
  const rows = page.locator(".demand-pareto tbody tr:not(.strong)");
  await rows.nth(count - 1).waitFor();
  await page.waitForFunction((count) => document.querySelectorAll(".demand-pareto tbody tr:not(.strong)").length === count, count);
  return rows.evaluateAll((rows) =>
    rows.map((row) => {
      const [name, share, cumulative, wape] = [...row.cells].map((cell) => cell.textContent.trim());
      const figure = (text) => Number(text.match(/[\d.,]+/)[0].replaceAll(",", ""));
      return { name, share: figure(share), cumulative: figure(cumulative), wape: figure(wape) };
    }),
  );
}

async function eventuallyAlone(page, name) {
  await page.waitForFunction((name) => {
    const names = [...document.querySelectorAll(".demand-pareto tbody button")].map((button) => button.textContent);
    return names.length === 1 && names[0] === name;
  }, name);
}
