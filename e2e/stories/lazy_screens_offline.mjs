import { show, untilKeptOffline } from "../workbench.mjs";

export const name = "after a visit to Home alone every screen opens with the network off";
export const options = { locale: "en-GB" };

// Address, something only the screen itself shows.
const SCREENS = [
  ["#/demand", ".state[data-state=empty]"],
  ["#/inventory/replenish", ".state[data-state=empty]"],
  ["#/data", ".first-run"],
  ["#/data/settings", ".panel"],
];

export async function run({ page, base, offline, newTab }) {
  await page.goto(base);
  await untilKeptOffline(page);
  await offline(true);
  // In the page of that visit, then in one that starts offline.
  for (const visit of [page, await newTab("/")]) {
    for (const [place, own] of SCREENS) {
      await show(visit, place);
      await visit.locator("main").locator(own).first().waitFor();
    }
  }
}
