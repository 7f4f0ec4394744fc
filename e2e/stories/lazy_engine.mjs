import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bring, date } from "../demand_plan.mjs";
import { openBench, refusal, show } from "../workbench.mjs";

export const name = "a part of the engine arrives on first use, once; when it cannot be fetched the page says so, all else goes on, and it comes when asked again";
export const options = { locale: "en-GB", serviceWorkers: "block", seconds: 300 };
export const allowed = [/^console: .*(split_engine|Failed to fetch)/];

const PART = /\/assets\/split_engine-[^/]*\.wasm$/;

export async function run({ page, context, base, expect, axe }) {
  let fetched = 0;
  context.on("request", (request) => {
    fetched += PART.test(new URL(request.url()).pathname) ? 1 : 0;
  });
  const ask = await openBench(page, base);
  const answers = async () => expect.match(await refusal(ask("history")), /no_workspace/);
  const demo = page.locator(".state-actions button").first();
  await demo.waitFor();
  await answers();
  expect.equal(fetched, 0, "start-up does without");

  // On its way: what does not need it is answered.
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await context.route(PART, (route) => held.then(() => route.abort()));
  const asked = page.waitForEvent("request", (request) => PART.test(request.url()));
  await demo.click();
  await asked;
  await answers();
  expect.ok(await demo.isDisabled(), "the demo is being opened");

  // It does not come, not even when asked again; nothing was made.
  letGo();
  const notice = page.getByRole("status").filter({ hasText: "The part of the engine for this could not be fetched" });
  const retry = notice.getByRole("button", { name: "Retry" });
  await retry.waitFor();
  expect.deepEqual(await axe(), []);
  const again = page.waitForEvent("requestfailed", (request) => PART.test(request.url()));
  await retry.click();
  await again;
  await retry.waitFor();
  expect.ok(await demo.isEnabled(), "the button is there for later");
  await answers();

  // It can be had again: the same wish comes true.
  await context.unroute(PART);
  fetched = 0;
  await retry.click();
  await page.locator(".kpi").first().waitFor({ timeout: 240_000 });
  await show(page, "#/demand");
  await page.locator("main canvas").first().waitFor();
  expect.equal(fetched, 1, "once");

  // A visit that opens a workspace of before: signals are judged by code that stands in it.
  await page.goto("about:blank");
  fetched = 0;
  await page.goto(base);
  await page.locator(".kpi").first().waitFor({ timeout: 120_000 });
  expect.equal(fetched, 1, "a plan with signals asks for it");

  // Without signals and new items Home does without, and Demand asks.
  const folder = mkdtempSync(join(tmpdir(), "ballast-lazy-"));
  const other = await context.browser().newContext({ locale: "en-GB", serviceWorkers: "block" });
  try {
    const own = await other.newPage();
    const rows = Array.from({ length: 280 }, (_, day) => `${date(day)},A,web,cn,${10 + (day % 3)}\n`);
    await bring(own, base, folder, "demand.csv", `date,sku,channel,region,quantity\n${rows.join("")}`);
    await own.goto("about:blank");
    fetched = 0;
    other.on("request", (request) => {
      fetched += PART.test(new URL(request.url()).pathname) ? 1 : 0;
    });
    await own.goto(`${base}#/`);
    await own.locator(".kpi").first().waitFor({ timeout: 120_000 });
    expect.equal(fetched, 0, "Home does without");
    await other.route(PART, (route) => route.abort());
    await show(own, "#/demand");
    const failure = own.getByRole("alert").filter({ hasText: "The part of the engine for this could not be fetched" });
    await failure.waitFor();
    await other.unroute(PART);
    await failure.getByRole("button", { name: "Retry" }).click();
    await own.locator("main canvas").first().waitFor();
  } finally {
    await other.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
