import { openDemo, show } from "../workbench.mjs";

export const name = "the keyboard alone reaches everything";
export const options = { locale: "en-GB", seconds: 300 };

const PLACES = [
  ["3", "#/demand", ".demand .chart-overlay"],
  ["1", "#/home", ".kpi"],
  ["4", "#/inventory/replenish", ".grid-row .status"],
  ["0", "#/data", ".plain-table tbody tr"],
];

export async function run({ page, base, expect }) {
  await openDemo(page, base);
  for (const [key, hash, ready] of PLACES) {
    await page.keyboard.press(key);
    await page.waitForFunction((hash) => location.hash === hash, hash);
    await page.locator(ready).first().waitFor();
    await walk(hash);
  }
  await show(page, "#/data/settings");
  await page.locator(".facts dd").first().waitFor();
  await walk("settings");

  // The grid is one stop; arrows move in it, Enter opens the card, Escape gives the focus back.
  await page.keyboard.press("4");
  await page.locator(".grid-row .status").first().waitFor();
  await tabTo(".grid");
  const cell = () => page.evaluate(() => document.activeElement.getAttribute("aria-activedescendant"));
  const first = await cell();
  await page.keyboard.press("ArrowDown");
  expect.notEqual(await cell(), first);
  const ring = await page.evaluate(() => {
    const cell = document.getElementById(document.activeElement.getAttribute("aria-activedescendant"));
    return getComputedStyle(cell).boxShadow;
  });
  expect.notEqual(ring, "none", "the current cell is marked");
  await page.keyboard.press("Enter");
  await page.locator(".drawer .why").waitFor();
  expect.equal(await page.evaluate(() => document.activeElement.closest(".drawer") !== null), true);
  await walk("card");
  await page.locator(".drawer").focus();
  await page.keyboard.press("Escape");
  await page.locator(".drawer").waitFor({ state: "detached" });
  expect.equal(await page.evaluate(() => document.activeElement.className), "grid grid-two-lines");

  // A tree and a chart: one stop each, arrows inside.
  await page.keyboard.press("3");
  await page.locator(".demand .chart-overlay").first().waitFor();
  await tabTo("[role=treeitem]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.includes("category="));
  await tabTo(".chart-overlay");
  await page.keyboard.press("End");
  await page.locator(".chart-card").waitFor();
  await page.keyboard.press("t");
  await page.locator(".chart-table").waitFor();

  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });

  // From the top of the page through every stop and out again.
  async function walk(where) {
    await page.evaluate(() => {
      document.activeElement.blur();
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute("tabindex");
    });
    const wanted = await page.evaluate(() => {
      const stops = "a[href], button, input, select, textarea, summary, [tabindex='0']";
      const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
      const all = [...document.querySelectorAll(stops)].filter((element) => element.tabIndex >= 0 && !element.disabled && isShown(element));
      all.forEach((element, index) => element.setAttribute("data-stop", index));
      return all.map((element) => `${element.tagName.toLowerCase()} ${element.className} ${element.ariaLabel ?? element.innerText?.slice(0, 30) ?? ""}`.trim());
    });
    const reached = new Set();
    const unseen = [];
    for (let presses = 0; presses < wanted.length + 10; presses += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === document.body || element === null) return null;
        const marks = (one) => {
          const style = getComputedStyle(one);
          return (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
        };
        // A box may carry the ring of the input in it, a grid that of its current cell.
        const cell = document.getElementById(element.getAttribute("aria-activedescendant"));
        const isMarked = [element, element.parentElement, cell].some((one) => one && marks(one));
        const box = element.getBoundingClientRect();
        const isInSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
        return { stop: element.getAttribute("data-stop"), isSeen: isMarked && isInSight };
      });
      if (at === null) break;
      if (at.stop !== null && reached.has(at.stop)) break;
      if (at.stop !== null) reached.add(at.stop);
      if (!at.isSeen) unseen.push(wanted[at.stop] ?? "something unlisted");
    }
    const missed = wanted.filter((_, index) => !reached.has(String(index)));
    expect.deepEqual(missed, [], `${where}: not reached by Tab`);
    expect.deepEqual(unseen, [], `${where}: focus not visible`);
    console.log(`         ${where}: ${wanted.length} stops`);
  }

  async function tabTo(selector) {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
    }
    throw new Error(`Tab does not come to ${selector}`);
  }
}
