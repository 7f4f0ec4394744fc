import { show, untilKeptOffline } from "../workbench.mjs";

export const name = "after a visit to Home alone the demo opens with the network off, and its Demand screen";
export const options = { locale: "en-GB", seconds: 300 };

export async function run({ page, base, offline }) {
  await page.goto(base);
  await untilKeptOffline(page);
  await offline(true);
  await page.locator(".state-actions button").first().click();
  await page.locator(".kpi").first().waitFor({ timeout: 240_000 });
  await show(page, "#/demand");
  await page.locator("main canvas").first().waitFor();
}
