import { openDemo, show } from "../workbench.mjs";

export const name = "the English app shows no Chinese beyond its own names, and remembers the language";
export const options = { locale: "en-GB", seconds: 300 };

// What is there once a screen has its data.
const FULL = [
  ["#/home", ".kpi"],
  ["#/demand", ".demand .chart canvas"],
  ["#/data", ".plain-table tbody tr"],
  ["#/data/settings", ".facts dd"],
  ["#/inventory/replenish", ".grid-row .status"],
];
// The product's name and the way to the other language are Chinese in every language.
const ALLOWED = /压舱石|切换到中文|中文|中/g;

export async function run({ page, base, expect }) {
  await page.goto(base);
  await page.locator("h1").first().waitFor();
  expect.equal(await page.evaluate(() => document.documentElement.lang), "en");
  const places = await page.locator("nav a[href^='#/']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  for (const place of [...places, "#/data/settings"]) {
    await page.goto("about:blank");
    await page.goto(`${base}/${place}`);
    await page.locator("h1").first().waitFor();
    expect.deepEqual(await mixed(), [], place);
  }

  // With data: names of goods, sites, suppliers, channels and events have two languages too.
  await openDemo(page, base);
  for (const [place, done] of FULL) {
    await show(page, place);
    await page.locator(done).first().waitFor();
    expect.deepEqual(await mixed(), [], `${place} with data`);
  }
  await page.locator(".grid").focus();
  await page.keyboard.press("Enter");
  await page.locator(".drawer .why").waitFor();
  expect.deepEqual(await mixed(), [], "the card");

  await page.evaluate(() => localStorage.setItem("ballast:lang", "zh-CN"));
  await page.reload();
  expect.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");

  async function mixed() {
    const spoken = await page.evaluate(() => {
      const attributes = ["title", "aria-label", "placeholder", "alt"];
      const named = [...document.querySelectorAll("body *")].flatMap((element) => attributes.map((name) => element.getAttribute(name) ?? ""));
      return [document.title, document.body.innerText, ...named].join("\n");
    });
    return spoken.replace(ALLOWED, "").match(/.*[\u3000-\u303f\u3400-\u9fff\uff00-\uffef].*/g) ?? [];
  }
}
