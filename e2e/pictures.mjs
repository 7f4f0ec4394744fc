// Takes the pictures of the README from the built app: `cargo xtask pictures`.
import { mkdirSync } from "node:fs";
import { openProfile } from "./browser.mjs";
import { openDemo, show } from "./workbench.mjs";

const base = process.env.BALLAST_URL;
const folder = new URL("../docs/pictures/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });

const LOOKS = [
  { language: "en", theme: "light" },
  { language: "zh-CN", theme: "dark" },
];
const PLACES = [
  { name: "home", address: "#/home", done: ".kpi" },
  { name: "demand", address: "#/demand", done: ".demand .chart canvas" },
  { name: "replenish", address: "#/inventory/replenish", done: ".grid-row .status", hasCard: true },
];

for (const { language, theme } of LOOKS) {
  const profile = await openProfile({ base, slug: "pictures", outFolder: folder, options: { theme, locale: language } });
  const { page } = profile.tools;
  try {
    await openDemo(page, base);
    // Away from the button that was pressed: what lies there now would show its tooltip.
    await page.mouse.move(720, 880);
    for (const { name, address, done, hasCard } of PLACES) {
      await show(page, address);
      await page.locator(done).first().waitFor({ timeout: 120_000 });
      if (hasCard) {
        await page.locator(".grid").focus();
        await page.keyboard.press("Enter");
        await page.locator(".drawer .why").waitFor();
      }
      // Charts are painted in the frame after their data.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      const file = `${name}-${language.slice(0, 2)}.png`;
      await page.screenshot({ path: folder + file, animations: "disabled" });
      console.log(`docs/pictures/${file}`);
    }
  } finally {
    await profile.close();
  }
}
