import { openDemo, show } from "../workbench.mjs";

export const name = "the ladder from naive to planned: every step's gain or loss, which sum to the whole change, for any slice";
export const options = { locale: "en-GB", seconds: 300 };

const number = (text) => Number(text.replaceAll(",", "").replace("−", "-").replace("+", "").replace("%", "").trim()) || 0;

async function ladder(page) {
  await page.locator("[data-rung=total]").waitFor({ timeout: 180_000 });
  const rows = await page.locator("[data-rung]").evaluateAll((rows) => rows.map((row) => [row.dataset.rung, ...[...row.cells].slice(1).map((cell) => cell.textContent.trim())]));
  return Object.fromEntries(rows.map(([rung, ...cells]) => [rung, cells.map(number)]));
}

function sums(expect, found) {
  const { total, naive, ...steps } = found;
  for (const place of [1, 2]) {
    const sum = Object.values(steps).reduce((sum, step) => sum + step[place], 0);
    expect.ok(Math.abs(sum - total[place]) < 1e-6, JSON.stringify(found));
  }
  expect.ok(Math.abs(naive[0] + total[1] - steps.override[0]) < 1e-6, JSON.stringify(found));
}

export async function run({ page, base, expect, axe, shot }) {
  await openDemo(page, base);
  await show(page, "#/demand?tab=accuracy");
  // Other questions are answered while forecasts are made again.
  await page.getByRole("region", { name: "Forecast value added" }).getByRole("progressbar").waitFor({ timeout: 60_000 });
  await page.getByRole("radio", { name: "Channel" }).click();
  await page.locator(".demand-pareto").getByText("Tmall").waitFor({ timeout: 10_000 });
  expect.equal(await page.locator("[data-rung=total]").count(), 0);

  const started = Date.now();
  const all = await ladder(page);
  console.log(`         ladder after ${((Date.now() - started) / 1_000).toFixed(1)} s: ${JSON.stringify(all)}`);
  sums(expect, all);
  expect.ok(all.statistical[1] < 0 && all.events[1] < 0, JSON.stringify(all));
  await page.locator("[data-rung=total]").scrollIntoViewIfNeeded();
  expect.deepEqual(await axe(), []);
  await shot("ladder");

  // Each channel with what every step adds to it, in points of its own error.
  const parts = await page.locator("[data-part]").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
  expect.ok(parts.length > 1, JSON.stringify(parts));
  for (const [name, ...cells] of parts) {
    const [, naive, ...rest] = cells.map(number);
    const [total, wape] = [rest.pop(), rest.pop()];
    expect.ok(Math.abs(naive + total - wape) < 0.05 && Math.abs(rest.reduce((sum, step) => sum + step, 0) - total) < 0.05, `${name} ${cells}`);
  }
  const errors = parts.map(([, error]) => number(error));
  expect.ok(errors.every((error, place) => place === 0 || error <= errors[place - 1]), JSON.stringify(errors));
  await page.locator("[data-part]").first().scrollIntoViewIfNeeded();
  await shot("ladder_by");

  // Another slice needs no new forecasts.
  await page.locator(".demand-pareto").getByRole("button", { name: "Tmall" }).click();
  const deadline = Date.now() + 20_000;
  let part = all;
  while (part.naive[0] === all.naive[0] && Date.now() < deadline) part = await ladder(page);
  expect.ok(part.naive[0] !== all.naive[0]);
  sums(expect, part);
  const own = parts.find(([name]) => name === "Tmall");
  expect.equal(number(own[2]), part.naive[0]);
  expect.equal(number(own[7]), part.override[0]);
}
