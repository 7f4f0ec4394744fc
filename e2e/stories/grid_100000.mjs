import { show } from "../workbench.mjs";

export const name = "a grid of 100,000 rows scrolls without blank frames";
export const options = { locale: "en-GB", seconds: 600 };

const ROWS = 100_000;

export async function run({ page, base, expect }) {
  // 100,000 SKUs with one sale each: as many order proposals, planned and kept by the worker.
  const lines = ["date,sku,quantity"];
  for (let index = 0; index < ROWS; index += 1) lines.push(`2026-11-0${1 + (index % 9)},S${100_000 + index},${1 + (index % 97)}`);
  await page.goto(`${base}/#/data`);
  await page.getByRole("heading", { name: "Drop my files" }).waitFor();
  const buffer = Buffer.from(lines.join("\n"));
  await page.locator("input[type=file]").setInputFiles({ name: "demand.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Read all rows" }).click();
  await page.getByRole("button", { name: /^Import [\d,]+ rows$/ }).click({ timeout: 120_000 });
  await page.locator(".import-list > li").waitFor({ timeout: 120_000 });

  await show(page, "#/inventory/replenish");
  const grid = page.getByRole("grid");
  await page.locator(".grid-row").first().waitFor({ timeout: 300_000 });
  expect.equal(await grid.getAttribute("aria-rowcount"), String(ROWS + 1));

  await page.evaluate(watchFrames);
  await page.locator(".grid-sight").hover();
  for (let turn = 0; turn < 120; turn += 1) await page.mouse.wheel(0, turn % 30 === 29 ? -9_000 : 1_500);
  await settled();
  // From end to end by the scrollbar, and by key.
  for (const share of [1, 0.5, 0.02, 0.77]) {
    await grid.evaluate((grid, share) => {
      grid.scrollTop = share * (grid.scrollHeight - grid.clientHeight);
    }, share);
    await settled();
  }
  await grid.focus();
  await page.keyboard.press("Control+End");
  await settled();
  const { frames, blank, seconds, seen } = await page.evaluate(() => window.frameWatch());
  console.log(`         ${frames} frames in ${seconds.toFixed(1)} s (${(frames / seconds).toFixed(0)} a second), ${seen} rows seen`);
  expect.deepEqual(blank, []);
  expect.ok(frames > 60 && seen > 300, `${frames} frames, ${seen} rows`);
  expect.match(await page.locator(".grid-row[aria-rowindex='100001']").innerText(), /S\d{6}/);

  // Until the rows at the scroll position are there.
  async function settled() {
    await page.waitForFunction(() => {
      const grid = document.querySelector(".grid");
      const height = document.querySelector(".grid-row").offsetHeight;
      const first = Math.floor(grid.scrollTop / height) + 2;
      const last = Number(grid.getAttribute("aria-rowcount"));
      return document.querySelector(`.grid-row[aria-rowindex="${Math.min(first, last)}"]`) !== null;
    });
  }
}

// Runs in the page: in every frame, rows with text must cover the sight from top to bottom.
function watchFrames() {
  const [blank, seen, started] = [[], new Set(), performance.now()];
  let frames = 0;
  let isOn = true;
  const frame = () => {
    if (!isOn) return;
    frames += 1;
    const sight = document.querySelector(".grid-sight").getBoundingClientRect();
    const rows = [...document.querySelectorAll(".grid-row")]
      .filter((row) => row.checkVisibility() && row.innerText.trim() !== "")
      .map((row) => ({ index: row.getAttribute("aria-rowindex"), box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > sight.top && box.top < sight.bottom)
      .sort((a, b) => a.box.top - b.box.top);
    let covered = sight.top;
    for (const { index, box } of rows) {
      seen.add(index);
      if (box.top <= covered + 1) covered = Math.max(covered, box.bottom);
    }
    if (covered < sight.bottom - 1) blank.push(`frame ${frames}: ${Math.round(sight.bottom - covered)} px under ${rows.length} rows`);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  window.frameWatch = () => {
    isOn = false;
    return { frames, blank: blank.slice(0, 10), seconds: (performance.now() - started) / 1000, seen: seen.size };
  };
}
