// How soon the app can be used on a first visit: `cargo xtask bench start`.
import { openProfile } from "./browser.mjs";

const VISITS = 7;
const SPEEDS = [
  { name: "full speed", rate: 1, limitMs: 1000 },
  { name: "CPU slowed 4x", rate: 4, limitMs: 1800 },
];
const base = process.env.BALLAST_URL;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

// Milliseconds from the start of the navigation on a profile that has never seen the app. The shell is
// usable once it stands (`app-ready`) and something of it has been painted.
async function visit(rate) {
  const profile = await openProfile({ base, slug: "bench", outFolder: "", options: {} });
  const { page, throttle } = profile.tools;
  try {
    if (rate > 1) await throttle(rate);
    await page.goto(base, { waitUntil: "commit" });
    await page.waitForFunction(() => performance.getEntriesByName("engine-compiled").length > 0);
    // The rail can be pressed: the frame is not only painted but there.
    await page.locator("nav a, nav button").first().waitFor();
    const figures = await page.evaluate(() => {
      const mark = (name) => performance.getEntriesByName(name)[0]?.startTime;
      const [boot, paint, ready, engine] = ["boot", "first-contentful-paint", "app-ready", "engine-compiled"].map(mark);
      return { boot, paint, ready, usable: Math.max(paint, ready), engine };
    });
    const missing = Object.keys(figures).filter((name) => !Number.isFinite(figures[name]));
    if (missing.length > 0) throw new Error(`the page set no mark for ${missing.join(", ")}`);
    return figures;
  } finally {
    await profile.close();
  }
}

let isLate = false;
for (const { name, rate, limitMs } of SPEEDS) {
  const visits = [];
  for (let index = 0; index < VISITS; index += 1) visits.push(await visit(rate));
  const figures = Object.keys(visits[0]).map((key) => [key, median(visits.map((figure) => figure[key]))]);
  const text = figures.map(([key, value]) => `${key} ${value.toFixed(0)}`).join("  ");
  const { usable } = Object.fromEntries(figures);
  isLate ||= usable > limitMs;
  console.log(`${name.padEnd(14)} ${text} ms  (median of ${VISITS}; shell usable ${usable <= limitMs ? "within" : "PAST"} ${limitMs} ms)`);
}
process.exit(isLate ? 1 : 0);
