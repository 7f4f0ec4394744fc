import { openDemo, show } from "../workbench.mjs";

export const name = "no screen has a serious accessibility fault in either theme or language";
export const options = { seconds: 900 };

// Places reached by address or from another screen only.
const HIDDEN = ["#/data/settings"];
// The components on one page, in builds for development.
const KIT = "#/dev/kit";
const LOOKS = ["light", "dark"].flatMap((theme) => ["zh-CN", "en"].map((language) => ({ theme, language })));
// What is there once a screen has its data.
const FULL = [
  ["#/home", ".kpi"],
  ["#/demand", ".demand .chart canvas"],
  ["#/inventory/replenish", ".grid-row .status"],
  ["#/data", ".plain-table tbody tr"],
  ["#/data/settings", ".facts dd"],
];

export async function run({ page, base, expect, axe, shot }) {
  await page.goto(base);
  const links = await page.locator("nav a[href^='#/']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  await page.goto(`${base}/${KIT}`);
  await page.locator("h1").first().waitFor();
  const hasKit = new URL(page.url()).hash === KIT;
  const places = [...new Set([...links, ...HIDDEN, ...(hasKit ? [KIT] : [])])];
  expect.ok(places.length >= 5, `only ${places}`);
  for (const look of LOOKS) {
    await wear(look);
    for (const place of places) {
      const where = `${place} ${look.theme} ${look.language}`;
      // By way of a blank page: a change of the hash alone would not wait for the new screen.
      await page.goto("about:blank");
      await page.goto(`${base}/${place}`);
      await page.locator("h1").first().waitFor();
      expect.deepEqual(await page.evaluate(() => [document.documentElement.dataset.theme, document.documentElement.lang]), [look.theme, look.language]);
      expect.equal(new URL(page.url()).hash, place, "the place exists");
      expect.deepEqual(await axe(), [], where);
      await shot(where.replace(/[^\w-]+/g, "-").replace(/^-/, ""));
    }
  }

  await page.goto("about:blank");
  await openDemo(page, base);
  for (const look of LOOKS) {
    await show(page, "#/home");
    await wear(look);
    for (const [place, done] of FULL) {
      await show(page, place);
      await page.locator(done).first().waitFor({ timeout: 120_000 });
      await check(`${place} with data`, look);
      if (place === "#/home") {
        await page.locator(".kpi").nth(1).focus();
        await page.keyboard.press("Control+k");
        await page.getByRole("combobox").waitFor();
        await check("palette", look);
        await page.keyboard.press("Escape");
      }
      if (place === "#/inventory/replenish") {
        await page.locator(".grid").focus();
        await page.keyboard.press("Enter");
        await page.locator(".drawer .why").waitFor();
        await check("card", look);
      }
    }
  }

  // Theme and language of the next load.
  async function wear({ theme, language }) {
    await page.evaluate(([theme, language]) => {
      localStorage.setItem("ballast:theme", theme);
      localStorage.setItem("ballast:lang", language);
    }, [theme, language]);
    await page.reload();
  }

  async function check(what, { theme, language }) {
    const where = `${what} ${theme} ${language}`;
    await page.evaluate(settled);
    expect.deepEqual(await axe(), [], where);
    await shot(where.replace(/[^\w-]+/g, "-").replace(/^-/, ""));
  }
}

// Half-way through a change of colour the contrast is nobody's choice.
async function settled() {
  const ends = (animation) => animation.effect.getComputedTiming().endTime !== Infinity;
  await Promise.allSettled(document.getAnimations().filter(ends).map((animation) => animation.finished));
}
