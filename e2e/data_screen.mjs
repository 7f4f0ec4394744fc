// The Data screen as a user drives it, and the same import on the terminal. The page speaks English.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { untilKeptOffline } from "./workbench.mjs";

const GROUPS = { File: "file", Loaded: "loaded", Returns: "returns", "Set aside": "setAside", Refused: "refused", Difference: "difference" };

// Opens the Data screen and waits for it.
export async function openData(page, base) {
  await page.goto(`${base}/#/data`);
  await page.getByRole("heading", { level: 1, name: "Data" }).waitFor();
}

// Gives a file to the drop zone. Afterwards the page looks at it.
export async function dropFile(page, file) {
  await page.locator(".drop input[type=file]").first().setInputFiles(file);
}

// Drags a small file onto the drop zone, as a hand does.
export async function dragFile(page, file) {
  const [name, bytes] = [basename(file), [...readFileSync(file)]];
  const held = await page.evaluateHandle(
    ([name, bytes]) => {
      const held = new DataTransfer();
      held.items.add(new File([new Uint8Array(bytes)], name));
      return held;
    },
    [name, bytes],
  );
  for (const event of ["dragenter", "dragover", "drop"]) {
    await page.locator(".drop").first().dispatchEvent(event, { dataTransfer: held });
  }
}

// Reads all rows by the mapping as it stands; the returned totals are those the page shows.
export async function readAllRows(page) {
  await page.getByRole("button", { name: "Read all rows" }).click();
  return shownTotals(page);
}

// The table of the totals check: rows, quantity and value of each group, as texts without commas.
export async function shownTotals(page) {
  await page.locator(".totals-table").waitFor({ timeout: 300_000 });
  const rows = await page.locator(".totals-table tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim().replaceAll(",", "").replace("−", "-"))),
  );
  const totals = {};
  for (const [group, lines, quantity, value] of rows) {
    totals[GROUPS[group] ?? group] = { lines: Number(lines), quantity: Number(quantity), value: Number(value) };
  }
  return totals;
}

// Imports what was read and waits until it stands in the history.
export async function applyImport(page) {
  await page.getByRole("button", { name: /^Import [\d,]+ rows$/ }).click();
  await page.locator(".import-list > li").first().waitFor({ timeout: 120_000 });
}

// Dataset and plan hash as the Data screen shows them, once both are there.
export async function shownHashes(page) {
  await page.waitForFunction(
    () => ["dataset-hash", "plan-hash"].every((name) => /^[0-9a-f]{64}$/.test(document.querySelector(`[data-name=${name}]`)?.textContent ?? "")),
    undefined,
    { timeout: 600_000 },
  );
  const read = (name) => page.locator(`[data-name=${name}]`).innerText();
  return { dataset: await read("dataset-hash"), plan: await read("plan-hash") };
}

// The same file through `ballast import` and `ballast plan`, with the mapping they propose.
export function onTerminal(file) {
  const program = process.env.BALLAST_TERMINAL;
  if (!program) throw new Error("BALLAST_TERMINAL is not set: start this through `cargo xtask`");
  const folder = mkdtempSync(join(tmpdir(), "ballast-terminal-"));
  try {
    const run = (...args) => execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 26 });
    const printed = run("import", "--locale", "en", "--file", file, "--out", join(folder, "data"));
    run("plan", "--data", join(folder, "data"), "--out", join(folder, "plan"));
    const plan = JSON.parse(readFileSync(join(folder, "plan", "plan.json"), "utf8"));
    return {
      totals: printedTotals(printed),
      dataset: printed.match(/^dataset hash\s+([0-9a-f]{64})$/m)?.[1],
      planned: plan.dataset_hash,
      plan: plan.plan_hash,
      counts: plan.counts,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function printedTotals(text) {
  const totals = {};
  const lines = text.matchAll(/^ {2}(file|loaded|returns|set aside|refused|difference)\s+(\d+) rows\s+quantity\s+(\S+)\s+value\s+(\S+)$/gm);
  for (const [, group, rows, quantity, value] of lines) {
    totals[group === "set aside" ? "setAside" : group] = { lines: Number(rows), quantity: Number(quantity), value: Number(value) };
  }
  return totals;
}

// Starts to note tasks of the main thread over 50 ms; the returned function gives the longest since then.
export async function watchTasks(page) {
  await page.evaluate(() => {
    window.longTasks = [];
    const watch = new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration)));
    watch.observe({ type: "longtask" });
  });
  return () => page.evaluate(() => Math.max(0, ...window.longTasks.splice(0)));
}

// Waits until the service worker holds everything, then cuts the network and starts the page again.
export async function reloadOffline(page, offline) {
  await untilKeptOffline(page);
  await offline(true);
  await page.reload();
}
