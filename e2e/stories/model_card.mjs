import { openDemo, show } from "../workbench.mjs";

export const name = "the model card shows every model with its error and weight; the one in use is the one of the forecast, benchmarks weigh nothing";
export const options = { locale: "en-GB", seconds: 240 };

async function rows(page) {
  return page.locator(".explain-models tbody tr").evaluateAll((rows) =>
    rows.map((row) => ({ model: row.dataset.model, cells: [...row.cells].map((cell) => cell.textContent.trim()) })),
  );
}

export async function run({ page, base, expect, axe, shot }) {
  await openDemo(page, base);
  await show(page, "#/demand");
  // A slice: how many series each model forecasts.
  await page.locator(".explain-models tbody tr").nth(10).waitFor({ timeout: 60_000 });
  const many = await rows(page);
  expect.equal(many.length, 11);
  const series = many.map(({ cells }) => Number(cells[2].replaceAll(",", "")) || 0);
  const head = (await page.locator(".demand-head").innerText()).match(/([\d,]+) series/)[1];
  expect.equal(series.reduce((sum, count) => sum + count, 0), Number(head.replaceAll(",", "")));

  // One series: every model scored over the rolling origins.
  await show(page, "#/demand?sku=CX0001&channel=tmall&region=east");
  await page.locator(".explain-class").waitFor({ timeout: 60_000 });
  const one = await rows(page);
  const used = one.filter(({ cells }) => cells[5] === "1");
  expect.equal(used.length, 1);
  expect.equal(used[0].cells[1], "In use");
  // The same model and the same error as beside the chart.
  const side = await page.locator(".demand-side .panel").first().innerText();
  expect.ok(side.includes(used[0].cells[0]), `${side} ${used[0].cells}`);
  expect.ok(side.includes(used[0].cells[3]), `${side} ${used[0].cells}`);
  // The methods of the textbooks stand beside the members and never count.
  expect.equal(one.length, 15);
  for (const name of ["naive", "seasonal_naive", "damped_holt", "holt_winters", "croston", "sba"]) {
    const { cells } = one.find(({ model }) => model === name);
    expect.deepEqual([cells[1], cells[5]], ["Benchmark", "0"]);
  }
  for (const name of ["naive", "seasonal_naive", "damped_holt", "croston", "sba"]) {
    const { cells } = one.find(({ model }) => model === name);
    expect.match(cells[3], /\d/);
    expect.match(cells[4], /\d/);
  }
  const scored = one.filter(({ cells }) => cells[2] !== "does not suit");
  expect.ok(scored.length >= 4, JSON.stringify(one));
  await page.getByText(/\(limit 1\.32\)/).waitFor();
  await page.getByText(/\(limit 0\.49\)/).waitFor();
  await page.locator(".explain-models").scrollIntoViewIfNeeded();
  expect.deepEqual(await axe(), []);
  await shot("card");

  // The slice of this series alone has the same scaled error by any cut.
  await show(page, "#/demand?sku=CX0001&channel=tmall&region=east&tab=accuracy&by=channel");
  const whole = page.locator(".demand-pareto tbody tr.strong td");
  await whole.nth(4).waitFor();
  const mase = Number(await whole.nth(4).textContent());
  expect.ok(mase > 0 && Math.abs(mase - Number(used[0].cells[4])) <= 0.0051, `${mase} ${used[0].cells}`);
}
