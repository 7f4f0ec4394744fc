export const name = "a killed browser reopens the same profile";

export async function run({ page, base, expect, kill, reopen }) {
  await page.goto(base);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const version = await page.evaluate(() => window.ballastAssets.version);
  await kill();
  const { page: again } = await reopen();
  const response = await again.goto(base);
  expect.equal(response.status(), 200);
  expect.equal(await again.evaluate(() => window.ballastAssets.version), version);
}
