import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyImport, dropFile, readAllRows } from "../data_screen.mjs";
import { planned, table } from "../demand_plan.mjs";
import { eventually, openDemo, show } from "../workbench.mjs";

export const name = "the funnel of a post, the orders a target needs, every SKU of a planned post and its regret are the terminal's";
export const options = { locale: "en-GB", seconds: 300 };

const CASES = ["flop", "base", "hit"];
const number = (text) => {
  const plain = text.trim().replaceAll(",", "").replace("%", "");
  const scale = { K: 1e3, M: 1e6 }[plain.slice(-1)] ?? 1;
  return Number(scale === 1 ? plain : plain.slice(0, -1)) * scale;
};

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-campaigns-"));
  try {
    const [data, out] = ["data", "out"].map((name) => join(folder, name));
    const terminal = (...args) => execFileSync(process.env.BALLAST_TERMINAL, args, { stdio: "ignore" });
    terminal("demo", "--company", "a", "--out", data);
    const priced = table(join(data, "skus.csv")).filter((sku) => Number(sku.list_price) > 2 * Number(sku.unit_cost));
    const skus = priced.slice(0, 3).map((sku) => sku.sku);
    // One more post, about three SKUs and not out yet.
    const next = { post: "NEXT", published_on: "2026-11-05", cost: "800", skus: skus.join(";") };
    const file = join(data, "campaigns.csv");
    const known = readFileSync(file, "utf8");
    const columns = known.split("\n")[0].trim().split(",");
    writeFileSync(file, `${known}${columns.map((column) => next[column] ?? "").join(",")}\n`);
    terminal("signals", "--data", data, "--out", out, "--orders", "5000");
    const [funnel, hits, regret] = ["funnel", "hits", "regret"].map((name) => table(join(out, `${name}.csv`)));

    await openDemo(page, base);
    writeFileSync(join(folder, "campaigns.csv"), `${Object.keys(next)}\n${Object.values(next)}\n`);
    await show(page, "#/data");
    await dropFile(page, join(folder, "campaigns.csv"));
    await page.getByRole("heading", { name: "Columns" }).or(page.locator(".totals-table")).first().waitFor();
    if (!(await page.locator(".totals-table").isVisible())) await readAllRows(page);
    await applyImport(page);
    await page.locator(".import-list").getByText("campaigns.csv").first().waitFor();
    await planned(page);
    await show(page, "#/demand?tab=signals");

    // All goods of the planned post, each with what to stock.
    const rows = page.locator(".signals-hits tbody tr");
    await rows.filter({ hasText: "NEXT" }).waitFor({ timeout: 60_000 });
    const cells = await rows.evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
    const at = cells.findIndex(([post]) => post === "NEXT");
    expect.match(cells[at][1], /planned/);
    const told = skus.map((sku) => hits.find((row) => row.post === "NEXT" && row.sku === sku));
    for (const [place, row] of told.entries()) {
      const [stock, least] = cells[at + place].slice(-2);
      expect.equal(row.state, "planned");
      expect.equal(number(stock), Number(row.quantity));
      expect.equal(least.toLowerCase(), row.least_regret);
    }

    // What each choice may be sorry for, of the last of them.
    const sku = skus[2];
    const part = (name) => page.locator("section", { has: page.getByRole("heading", { name, exact: true }) }).last();
    const choice = part("Regret").getByLabel("Post and goods");
    const labels = await choice.locator("option").allInnerTexts();
    await choice.selectOption({ index: labels.findIndex((label) => label.startsWith("NEXT")) + 2 });
    const matrix = part("Regret").locator("tbody tr");
    await eventually(page, "the marks", () => matrix.filter({ hasText: "Least" }).count(), (count) => count > 0);
    for (const [place, stocked] of CASES.entries()) {
      const row = matrix.nth(place);
      const shown = (await row.locator("td").allInnerTexts()).map(number);
      for (const [column, came] of CASES.entries()) {
        const of = regret.find((it) => it.post === "NEXT" && it.sku === sku && it.stocked_for === stocked && it.came === came);
        expect.equal(shown[column + 1], Math.round(Number(of.regret)), `${stocked} ${came}`);
      }
      const isLeast = (await row.getByText("Least regret").count()) > 0;
      expect.equal(isLeast, told[2].least_regret === stocked, stocked);
    }
    expect.deepEqual(await axe(), []);
    await part("Regret").scrollIntoViewIfNeeded();
    await shot("regret");

    // The funnel of one post, step by step.
    const all = await part("Funnel").locator("tbody").innerText();
    const post = "P030";
    const option = (await part("Funnel").locator("option").allInnerTexts()).find((text) => text.startsWith(post));
    await part("Funnel").getByLabel("Post").selectOption({ label: option });
    await eventually(page, "its steps", () => part("Funnel").locator("tbody").innerText(), (text) => text !== all);
    const steps = funnel.filter((row) => row.post === post && row.date === "");
    const shown = await part("Funnel").locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].slice(1).map((cell) => cell.textContent)));
    expect.equal(shown.length, steps.length);
    for (const [place, step] of steps.entries()) {
      const [count, rate, cost] = shown[place];
      expect.equal(number(count), Number(step.count));
      if (step.rate) expect.ok(Math.abs(number(rate) - 100 * Number(step.rate)) < 0.02, `${rate} ${step.rate}`);
      expect.ok(Math.abs(number(cost) - Number(step.cost_each)) < 0.006, `${cost} ${step.cost_each}`);
    }

    // The way back for another target, by Enter; what is no number is said and asks nothing.
    const target = part("Inverse funnel").getByLabel("Target");
    await target.fill("5000");
    await target.press("Enter");
    await part("Inverse funnel").getByText(/What 5,000 orders need, by \d+ posts/).waitFor();
    for (const [place, step] of ["impressions", "budget"].entries()) {
      const own = funnel.find((row) => row.post === "inverse" && row.step === step);
      const ends = (await part("Inverse funnel").locator("tbody tr").nth(place).locator("td").allInnerTexts()).map(number);
      for (const [end, wanted] of [own.low, own.count, own.high].map(Number).entries()) {
        expect.ok(Math.abs(ends[end] / wanted - 1) < 0.06, `${step} ${ends[end]} ${wanted}`);
      }
    }
    await target.fill("0");
    await target.press("Enter");
    await part("Inverse funnel").getByText("Use a number from 1").waitFor();
    await part("Inverse funnel").getByText(/What 5,000 orders need/).waitFor();
    expect.deepEqual(await axe(), []);
    await part("Funnel").scrollIntoViewIfNeeded();
    await shot("funnel");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
