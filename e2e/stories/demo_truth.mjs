import { openDemo } from "../workbench.mjs";

export const name = "demo company A measures its truth file";
export const options = { locale: "en-GB", seconds: 300 };

// Tile, planted value, tolerance, decimals shown; docs/demo-companies.md says what is planted.
const PLANTED = [
  ["Stock-out rate", 5.6, 0.2, 1],
  ["Turns", 3.2, 0.05, 1],
  ["Older than 90 d", 18, 0.5, 1],
  ["Book variance", 1.1, 0.05, 2],
];

export async function run({ page, base, expect }) {
  await openDemo(page, base);
  for (const [label, planted, tolerance, decimals] of PLANTED) {
    const tile = page.locator(".kpi", { has: page.getByText(label, { exact: true }) });
    const shown = await tile.locator(".figure").innerText();
    expect.match(shown, new RegExp(`^\\d+\\.\\d{${decimals}}$`), `${label}: ${shown}`);
    // The figure behind the shown one is at most half a unit of its last decimal away.
    const rounding = 10 ** -decimals / 2;
    const away = Math.abs(Number(shown) - planted);
    expect.ok(away + rounding <= tolerance + 1e-9, `${label}: ${shown}, planted ${planted} ± ${tolerance}`);
    console.log(`         ${label}: ${shown}, planted ${planted} ± ${tolerance}`);
  }
}
