import { dropFile, openData, readAllRows, applyImport } from "../data_screen.mjs";
import { STOCK } from "../workbench.mjs";

export const name = "the first import asks the browser to keep the data; a badge warns until a backup exists (ST-13)";
export const options = { locale: "en-GB" };

export async function run({ page, base, expect, cdp, shot, axe }) {
  const session = await cdp();
  const permit = (setting) =>
    session.send("Browser.setPermission", { origin: base, permission: { name: "persistent-storage" }, setting });
  const badge = page.locator(".head-risk");

  await permit("denied");
  await openData(page, base);
  await page.evaluate(() => {
    window.asked = 0;
    const persist = navigator.storage.persist.bind(navigator.storage);
    navigator.storage.persist = () => ((window.asked += 1), persist());
  });
  expect.equal(await badge.count(), 0);
  await importStock(page, "first.csv", STOCK);

  // Denied, no backup.
  await badge.getByText("No backup, may be evicted").waitFor();
  expect.equal(await page.evaluate(() => window.asked), 1);
  await shot("denied");

  // Granted, no backup.
  await permit("granted");
  await badge.click();
  await page.getByRole("button", { name: "Ask to keep" }).click();
  await page.getByText("The browser will not evict it").waitFor();
  await badge.getByText("No backup", { exact: true }).waitFor();
  expect.deepEqual(await axe(), []);
  await shot("granted");

  // Granted, backup.
  await saveBackup(page);
  await badge.waitFor({ state: "detached" });
  await page.getByText(/holds every change/).waitFor();

  // Denied, backup: a reload finds the permission gone. Nothing is asked again by a second import.
  await permit("denied");
  await page.reload();
  await page.getByText("The browser may evict it when space is short").waitFor();
  expect.equal(await badge.count(), 0);
  await page.goto(`${base}/#/data`);
  await page.evaluate(() => {
    window.asked = 0;
    navigator.storage.persist = async () => ((window.asked += 1), false);
  });
  await importStock(page, "second.csv", STOCK.replaceAll("A", "B"));
  expect.equal(await page.evaluate(() => window.asked), 0);
}

async function importStock(page, name, text) {
  await dropFile(page, { name, mimeType: "text/csv", buffer: Buffer.from(text) });
  const mapping = page.getByRole("heading", { name: "Columns" });
  await mapping.or(page.locator(".totals-table")).first().waitFor();
  if (await mapping.isVisible()) await readAllRows(page);
  await applyImport(page);
  await page.locator(".import-file", { hasText: name }).waitFor();
}

async function saveBackup(page) {
  await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save a backup" }).click()]);
}
