import { openDemo, show } from "../workbench.mjs";
import { bars, planned, sums, untilBars, untilRow } from "../demand_plan.mjs";

export const name = "the waterfall of a forecast sums to the figure of the table; a stream left out takes exactly its bar away, undo brings it back";
export const options = { locale: "en-GB", seconds: 240 };

export async function run({ page, base, expect, axe, shot }) {
  await openDemo(page, base);
  await show(page, "#/demand");
  const forecast = await untilRow(page, "Forecast", (row) => row.length === 13 && row[0] > 1_000);

  // A week is chosen in the head of the table, by keyboard.
  const week = page.locator(".demand-week").nth(2);
  await week.focus();
  await page.keyboard.press("Enter");
  const third = await untilBars(page, (found) => found.forecast.units === forecast[2]);
  sums(expect, third);
  expect.ok(third.level.units > 0 && third.events.units > 0, JSON.stringify(third));
  expect.equal(await week.getAttribute("aria-pressed"), "true");
  await page.locator(".explain-parts").scrollIntoViewIfNeeded();
  expect.deepEqual(await axe(), []);
  await shot("week");
  await page.locator(".explain-chart").getByRole("button", { name: "Show as table" }).click();
  expect.ok((await page.locator(".explain-chart table").innerText()).includes("Level"));
  await page.locator(".explain-chart").getByRole("button", { name: "Show as table" }).click();

  // Every other week likewise, and all of them together.
  for (const place of [0, 5, 12]) {
    await page.locator(".demand-week").nth(place).click();
    sums(expect, await untilBars(page, (found) => found.forecast.units === forecast[place]));
  }
  await page.locator(".demand-week").nth(12).click();
  const all = await untilBars(page, (found) => found.forecast.units > 2 * forecast[2]);
  sums(expect, all);
  await shot("all");

  // Without events.
  await page.locator(".demand-week").nth(2).click();
  const events = (await untilBars(page, (found) => found.forecast.units === forecast[2])).events.units;
  await page.getByRole("checkbox", { name: "Events" }).click();
  const less = await untilBars(page, (found) => found.events.text === "left out");
  sums(expect, less);
  expect.equal(less.level.units, third.level.units);
  // Both are rounded to the unit.
  expect.ok(Math.abs(third.forecast.units - events - less.forecast.units) <= 1, `${third.forecast.units} ${events} ${less.forecast.units}`);
  expect.equal((await untilRow(page, "Forecast", (row) => row[2] < forecast[2]))[2], less.forecast.units);
  await shot("without_events");
  expect.equal(await page.evaluate(() => document.activeElement.type), "checkbox", "the focus stays");

  await page.keyboard.press("Control+z");
  const back = await untilBars(page, (found) => found.forecast.units === forecast[2]);
  expect.deepEqual(back, third);
  await planned(page);
  expect.deepEqual(await untilRow(page, "Forecast", (row) => row[2] === forecast[2]), forecast);

  // One small series: decimals, and still a sum.
  await show(page, "#/demand?sku=CX0001&channel=tmall");
  await untilRow(page, "Forecast", (row) => row.length === 13 && row[0] < 1_000);
  sums(expect, await bars(page));
}
