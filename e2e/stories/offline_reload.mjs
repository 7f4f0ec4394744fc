import { untilKeptOffline } from "../workbench.mjs";

export const name = "after the first visit the app reloads with the network off";

export async function run({ page, base, expect, offline, newTab }) {
  await page.goto(base);
  await untilKeptOffline(page);
  await offline(true);
  const response = await page.reload();
  expect.equal(response.fromServiceWorker(), true);
  await page.waitForFunction(() => performance.getEntriesByName("app-mounted").length === 1);
  await page.evaluate(() => window.ballastAssets.engineModule.then(() => undefined));
  await page.evaluate(() => window.ballastAssets.ioModule().then(() => undefined));
  const deepLink = await newTab("/demand");
  await deepLink.waitForFunction(() => performance.getEntriesByName("app-mounted").length === 1);
}
