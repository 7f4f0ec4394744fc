// A million CSV rows through the page: `cargo xtask bench import`. Prints the longest task of the main
// thread, how soon a cancel is answered and the largest memory of the import worker, and fails past a limit.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openProfile } from "./browser.mjs";
import { applyImport, dropFile, openData, shownHashes, shownTotals, watchTasks } from "./data_screen.mjs";
import { writeRetailLines } from "./retail_lines.mjs";

const ROWS = 1_000_000;
const LIMITS = { "longest task, ms": 100, "cancel, ms": 500, "import worker, MiB": 300 };
const base = process.env.BALLAST_URL;

const folder = mkdtempSync(join(tmpdir(), "ballast-bench-"));
const profile = await openProfile({ base, slug: "bench", outFolder: "", options: { locale: "en-GB" } });
let isPast = false;
try {
  const file = join(folder, "lines.csv");
  writeRetailLines(file, { count: ROWS, items: 3_000, days: 700 });
  const { page } = profile.tools;
  page.setDefaultTimeout(600_000);
  await openData(page, base);
  await page.waitForFunction(() => performance.getEntriesByName("engine-compiled").length > 0);
  const longest = await watchTasks(page);
  await dropFile(page, file);
  await page.getByRole("heading", { name: "Columns" }).waitFor();
  print("longest task, ms", await longest(), "looking at the file");

  await page.getByRole("button", { name: "Read all rows" }).click();
  await page.waitForFunction(() => /[1-9]/.test(document.querySelector(".state[data-state=working] p")?.textContent.split(" ")[0] ?? ""));
  const cancelled = await page.evaluate(async () => {
    const started = performance.now();
    [...document.querySelectorAll("button")].find((button) => button.textContent === "Stop the import").click();
    while (![...document.querySelectorAll("button")].some((button) => button.textContent === "Read all rows")) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - started;
  });
  print("cancel, ms", cancelled);
  print("longest task, ms", await longest(), "cancelling");

  const started = Date.now();
  await page.getByRole("button", { name: "Read all rows" }).click();
  const totals = await shownTotals(page);
  if (totals.file.lines !== ROWS) throw new Error(`${totals.file.lines} rows were read`);
  const seconds = (Date.now() - started) / 1000;
  print("longest task, ms", await longest(), "reading");
  const peak = await page.locator("[data-peak-bytes]").getAttribute("data-peak-bytes");
  print("import worker, MiB", Number(peak) / (1 << 20));
  await applyImport(page);
  print("longest task, ms", await longest(), "storing");
  await shownHashes(page);
  print("longest task, ms", await longest(), "planning");
  console.log(`${ROWS} rows read in ${seconds.toFixed(1)} s`);
} finally {
  await profile.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(isPast ? 1 : 0);

function print(name, value, step = "") {
  const limit = LIMITS[name];
  isPast ||= value > limit;
  console.log(`${name.padEnd(20)} ${value.toFixed(0).padStart(6)}  ${value > limit ? "PAST" : "within"} ${limit}  ${step}`);
}
