import { openDemo } from "../workbench.mjs";

export const name = "the command palette finds screens, SKUs and actions by keyboard alone";
export const options = { locale: "en-GB", seconds: 300 };

export async function run({ page, base, expect }) {
  await openDemo(page, base);
  const hash = () => page.evaluate(() => decodeURIComponent(location.hash));
  const active = () =>
    page.evaluate(() => document.getElementById(document.activeElement.getAttribute("aria-activedescendant"))?.innerText ?? "");
  // Opens the palette, types, and goes down until the active line fits.
  async function choose(text, fits) {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");
    await page.keyboard.type(text);
    await page.getByRole("option", { name: fits }).first().waitFor();
    for (let line = 0; line < 12 && !fits.test(await active()); line += 1) await page.keyboard.press("ArrowDown");
    expect.match(await active(), fits);
    await page.keyboard.press("Enter");
    await page.getByRole("combobox").waitFor({ state: "detached" });
  }

  await choose("replen", /Go to Replenish/);
  expect.equal(await hash(), "#/inventory/replenish");

  await choose("wipes", /wipes/i);
  await page.waitForFunction(() => location.hash.startsWith("#/inventory/replenish/"));
  await page.getByRole("complementary").getByRole("heading", { name: "Why", exact: false }).waitFor();
  const sku = (await hash()).split("/").at(-1).split("?")[0];
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => location.hash === "#/inventory/replenish");

  // By its code, and an open order by its number.
  await choose(sku, new RegExp(sku));
  expect.ok((await hash()).includes(`/${sku}`));
  await choose("PO", /^PO\d+/);
  await page.waitForFunction(() => location.hash.includes("site="));

  await choose("stock-out", /Stock-out rate/);
  expect.equal(await hash(), "#/home");

  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  expect.equal(await theme(), "light");
  await choose("dark", /Dark theme/);
  expect.equal(await theme(), "dark");

  // Escape closes it and gives the focus back.
  await page.locator(".rail a").first().focus();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("combobox").waitFor({ state: "detached" });
  expect.equal(await page.evaluate(() => document.activeElement.matches(".rail a")), true);
}
