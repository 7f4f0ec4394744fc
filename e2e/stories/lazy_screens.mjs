import { show } from "../workbench.mjs";

export const name = "screens but Home arrive on first use, once; when they cannot be fetched the page says so, and they come when asked again";
export const options = { locale: "en-GB", serviceWorkers: "block" };
export const allowed = [/^console: .*(split_|chunk_|Failed to fetch)/];

// The lazy part of the engine has a story of its own.
const PART = /\/assets\/(split_(?!engine-)|chunk_app_)[^/]*\.wasm$/;
const SHARED = /\/assets\/chunk_app_[^/]*\.wasm$/;
// Address, title, something only the screen itself shows.
const SCREENS = [
  ["#/data/settings", "Settings", ".panel"],
  ["#/data", "Data", ".first-run"],
  ["#/demand", "Demand", ".state[data-state=empty]"],
  ["#/inventory/replenish", "Replenish", ".state[data-state=empty]"],
];

export async function run({ page, context, base, expect, axe }) {
  let fetched = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (PART.test(pathname)) fetched.push(pathname);
  });
  const home = () => page.locator("main .state-actions button").first().waitFor();
  const arrived = async (title, own) => {
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await page.locator("main").locator(own).first().waitFor();
  };
  await page.goto(base);
  await home();
  await page.evaluate(() => window.ballastAssets.engineModule.then(() => undefined));
  expect.deepEqual(fetched, [], "Home does without the others");
  const list = await page.evaluate(() => fetch("/precache.json").then((response) => response.json()));
  const parts = list.lazy.filter((url) => PART.test(url)).sort();

  // On the way: the title stands, the rest is held open.
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await context.route(PART, (route) => held.then(() => route.abort()));
  await show(page, "#/data/settings");
  await page.locator("main .skeleton").waitFor();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();

  // They do not come, not even when asked again; Home is as it was.
  letGo();
  const failure = page.getByRole("alert").filter({ hasText: "The Settings screen could not be fetched" });
  const retry = failure.getByRole("button", { name: "Retry" });
  await failure.waitFor();
  expect.deepEqual(await axe(), []);
  expect.ok(!fetched.some((path) => path.includes("/split_demand-")), "Settings does without Demand");
  const asked = fetched.length;
  const again = page.waitForEvent("requestfailed", (request) => PART.test(request.url()));
  await retry.click();
  await again;
  await failure.waitFor();
  expect.ok(fetched.length > asked);
  await show(page, "#/home");
  await home();

  // Without what it shares with others a screen is as far away as without its own module.
  await context.unroute(PART);
  await context.route(SHARED, (route) => route.abort());
  await show(page, "#/data/settings");
  await failure.waitFor();
  const missed = page.waitForEvent("requestfailed", (request) => SHARED.test(request.url()));
  await retry.click();
  await missed;
  await failure.waitFor();
  expect.equal(await page.locator("main .panel").count(), 0);

  // They can be had again.
  await context.unroute(SHARED);
  fetched = [];
  await retry.click();
  for (const round of ["first", "second"]) {
    for (const [place, title, own] of SCREENS) {
      await show(page, place);
      await arrived(title, own);
      expect.equal(await page.locator("main .skeleton").count(), 0, `${title}, ${round} time`);
    }
  }
  expect.deepEqual(fetched.sort(), parts, "every module, once");

  // Each of them may be where a visit starts.
  for (const [place, title, own] of SCREENS) {
    await page.goto("about:blank");
    await page.goto(`${base}/${place}`);
    await arrived(title, own);
  }
}
