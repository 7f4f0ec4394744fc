export const name = "no screen has a serious accessibility fault in either theme or language";

// Reached by address only.
const HIDDEN = ["#/data/settings"];
// The components on one page, in builds for development.
const KIT = "#/dev/kit";

export async function run({ page, base, expect, axe, shot }) {
  await page.goto(base);
  const links = await page.locator("nav a[href^='#/']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  await page.goto(`${base}/${KIT}`);
  await page.locator("h1").first().waitFor();
  const hasKit = new URL(page.url()).hash === KIT;
  const places = [...new Set([...links, ...HIDDEN, ...(hasKit ? [KIT] : [])])];
  expect.ok(places.length >= 5, `only ${places}`);
  for (const theme of ["light", "dark"]) {
    for (const language of ["zh-CN", "en"]) {
      await page.evaluate(([theme, language]) => {
        localStorage.setItem("ballast:theme", theme);
        localStorage.setItem("ballast:lang", language);
      }, [theme, language]);
      await page.reload();
      for (const place of places) {
        const where = `${place} ${theme} ${language}`;
        // By way of a blank page: a change of the hash alone would not wait for the new screen.
        await page.goto("about:blank");
        await page.goto(`${base}/${place}`);
        await page.locator("h1").first().waitFor();
        expect.deepEqual(await page.evaluate(() => [document.documentElement.dataset.theme, document.documentElement.lang]), [theme, language]);
        expect.equal(new URL(page.url()).hash, place, "the place exists");
        expect.deepEqual(await axe(), [], where);
        await shot(where.replace(/[^\w-]+/g, "-").replace(/^-/, ""));
      }
    }
  }
}
