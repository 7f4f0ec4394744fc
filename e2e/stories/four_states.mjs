import { openDemo, show } from "../workbench.mjs";

export const name = "every screen shows its four states";
export const options = { locale: "en-GB", seconds: 300 };

const EMPTY = ".state[data-state=empty]";
const LOADING = ".skeleton";
const ERROR = ".state[data-state=error]";

// Screen, what an empty one shows, what a full one shows.
const SCREENS = [
  ["#/home", EMPTY, ".kpi"],
  ["#/demand", EMPTY, ".demand .chart canvas"],
  ["#/inventory/replenish", EMPTY, ".grid-row .status"],
  ["#/data", ".first-run", ".plain-table tbody tr"],
  ["#/data/settings", ".panel .faint", ".facts dd"],
];

export async function run({ page, base, expect }) {
  await page.goto(base);
  for (const [place, empty] of SCREENS) {
    await show(page, place);
    await page.locator("main").locator(empty).first().waitFor();
    expect.equal(await page.locator(LOADING).count(), 0, place);
  }
  await show(page, "#/home");
  await openDemo(page, base);
  await show(page, "#/inventory/replenish");
  await page.locator(".grid-row .status").first().waitFor();
  await page.locator(".grid").focus();
  await page.keyboard.press("Enter");
  await page.locator(".drawer .why").waitFor();
  const card = await page.evaluate(() => location.hash);
  const full = [...SCREENS.map(([place, , done]) => [place, done]), [card, ".drawer .why"]];

  const views = (how) => page.evaluate((how) => window.ballastTest("views", [how]), how);
  for (const [place, done] of full) {
    const scope = place === card ? page.locator(".drawer") : page.locator("main");
    const elsewhere = place === "#/home" ? "#/data" : "#/home";
    await leave(elsewhere);
    await views("held");
    await show(page, place);
    await scope.locator(LOADING).first().waitFor();
    await views("true");

    await leave(elsewhere);
    await show(page, place);
    await page.locator(done).first().waitFor();
    await scope.locator(LOADING).first().waitFor({ state: "detached" });

    await leave(elsewhere);
    await views("failing");
    await show(page, place);
    const error = scope.locator(ERROR).first();
    await error.waitFor();
    expect.ok((await error.innerText()).split("\n").filter(Boolean).length >= 3, "what happened, what is unaffected, one button");
    await views("true");
    // Each part of a screen has a way back; one of them may bring others along while it is pressed.
    while ((await scope.locator(ERROR).count()) > 0) {
      const left = await scope.locator(ERROR).count();
      const retry = scope.locator(ERROR).first().getByRole("button", { name: "Retry" });
      const pressed = retry.click({ timeout: 5_000 }).catch((error) => error);
      await page.waitForFunction(([selector, left]) => document.querySelectorAll(selector).length < left, [ERROR, left]);
      await pressed;
    }
    await page.locator(done).first().waitFor();
  }

  // A code that is not there is said to be so.
  await show(page, "#/inventory/replenish/NO-SUCH-SKU");
  await page.locator(".drawer").locator(EMPTY).waitFor();

  // To a screen that stands still, so that nothing held is on the page any more.
  async function leave(place) {
    await show(page, place);
    await page.locator("main h1").first().waitFor();
  }
}
