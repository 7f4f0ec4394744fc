// Takes the pictures of the README from the built app: `cargo xtask pictures`.
import { mkdirSync } from "node:fs";
import { openProfile } from "./browser.mjs";

const base = process.env.BALLAST_URL;
const folder = new URL("../docs/pictures/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });

const LOOKS = [
  { language: "en", theme: "light", open: "Open the demo company" },
  { language: "zh-CN", theme: "dark", open: "打开示例企业" },
];
const PLACES = [
  { name: "home", address: "#/home", waitFor: ".status-bar span" },
  { name: "demand", address: "#/demand", waitFor: "canvas" },
  { name: "replenish", address: "#/inventory/replenish", waitFor: "[role=row]", openFirstRow: true },
];

for (const { language, theme, open } of LOOKS) {
  const profile = await openProfile({ base, slug: "pictures", outFolder: folder, options: { theme, locale: language } });
  const { page } = profile.tools;
  try {
    await page.goto(base);
    await page.getByRole("button", { name: open }).first().click();
    for (const { name, address, waitFor, openFirstRow } of PLACES) {
      await page.locator(`nav a[href='${address}']`).click();
      await page.locator(waitFor).first().waitFor({ timeout: 120_000 });
      if (openFirstRow) {
        await page.locator("[role=row][aria-rowindex='2']").click();
        await page.locator("aside canvas, [role=dialog] canvas, .drawer canvas").first().waitFor();
      }
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.waitForLoadState("networkidle");
      await page.screenshot({ path: `${folder}${name}-${language.slice(0, 2)}.png` });
      console.log(`docs/pictures/${name}-${language.slice(0, 2)}.png`);
    }
  } finally {
    await profile.close();
  }
}
