// A real sales file through the app and through the terminal: `cargo xtask trial retail FILE`.
// Prints what happened to every line, times, the longest task of the main thread and all hashes.
import { readFileSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { openProfile } from "./browser.mjs";
import { applyImport, dropFile, onTerminal, openData, readAllRows, reloadOffline, shownHashes, watchTasks } from "./data_screen.mjs";

const base = process.env.BALLAST_URL;
const outFolder = new URL("./out/", import.meta.url).pathname;
mkdirSync(outFolder, { recursive: true });
const [given] = process.argv.slice(2);
if (!given) throw new Error("name a CSV file, packed or not");

const folder = mkdtempSync(join(tmpdir(), "ballast-trial-"));
const file = unpacked(given);
const profile = await openProfile({ base, slug: "trial", outFolder, options: { locale: "en-GB" } });
const { page, offline, shot } = profile.tools;
page.setDefaultTimeout(300_000);
await page.emulateMedia({ reducedMotion: "reduce" });
const started = Date.now();
const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
let isEqual = false;
try {
  isEqual = await trial();
} finally {
  await profile.close();
  rmSync(folder, { recursive: true, force: true });
}
const faults = profile.faults([]);
for (const fault of faults) console.log(`complaint  ${fault}`);
process.exit(isEqual && faults.length === 0 ? 0 : 1);

async function trial() {
  await openData(page, base);
  const longest = await watchTasks(page);
  const report = async (step) => console.log(`${step.padEnd(26)} at ${seconds()}, longest task ${(await longest()).toFixed(0)} ms`);
  await looks("start");
  await longest();
  await dropFile(page, file);
  await page.getByRole("heading", { name: "Columns" }).waitFor();
  await report("file looked at");
  await looks("mapping");
  await longest();
  const totals = await readAllRows(page);
  await report("all rows read");
  for (const [group, { lines, quantity, value }] of Object.entries(totals)) {
    console.log(`  ${group.padEnd(11)} ${String(lines).padStart(9)} lines  quantity ${quantity}  value ${value}`);
  }
  await looks("totals");
  await longest();
  await applyImport(page);
  await report("stored");
  const online = await shownHashes(page);
  await report("planned");
  await looks("data");
  await longest();
  await page.goto(`${base}/#/demand`);
  await page.getByRole("tree").first().waitFor();
  await report("demand shown");
  await looks("demand");
  await page.goto(`${base}/#/inventory/replenish`);
  await page.getByRole("grid").waitFor();
  await longest();
  await looks("replenish");
  await page.goto(`${base}/#/home`);
  await looks("home");

  await reloadOffline(page, offline);
  await page.goto(`${base}/#/data`);
  const again = await shownHashes(page);
  console.log(`offline reload             at ${seconds()}`);
  const terminal = onTerminal(file);
  console.log(`terminal                   at ${seconds()}, ${JSON.stringify(terminal.counts)}`);
  print("page", online);
  print("page, offline reload", again);
  print("terminal", terminal);
  return [again, terminal].every(({ dataset, plan }) => dataset === online.dataset && plan === online.plan);
}

function print(where, { dataset, plan }) {
  console.log(`${where}\n  dataset ${dataset}\n  plan    ${plan}`);
}

// A picture in both languages and both themes.
async function looks(step) {
  const now = await page.locator("html").getAttribute("lang");
  for (const [lang, sign] of [["zh", "中"], ["en", "EN"]]) {
    await page.locator(".head .segmented").getByRole("radio", { name: sign }).click();
    for (const theme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme: theme });
      await shot(`${step}-${lang}-${theme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  if (now !== "en") throw new Error(`the page speaks ${now}`);
}

function unpacked(path) {
  if (!path.endsWith(".gz")) return path;
  const target = join(folder, basename(path, ".gz"));
  writeFileSync(target, gunzipSync(readFileSync(path)));
  return target;
}
