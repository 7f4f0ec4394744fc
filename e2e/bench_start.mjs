// How soon the app can be used on a first visit: `cargo xtask bench start`.
import { openProfile } from "./browser.mjs";

const VISITS = 7;
const SPEEDS = [
  { name: "full speed", rate: 1, limitMs: 1000 },
  { name: "CPU slowed 4x", rate: 4, limitMs: 1800 },
];
const base = process.env.BALLAST_URL;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

// Milliseconds from the start of the navigation on a profile that has never seen the app.
async function visit(rate) {
  const profile = await openProfile({ base, slug: "bench", outFolder: "", options: {} });
  const { page, throttle } = profile.tools;
  try {
    if (rate > 1) await throttle(rate);
    await page.goto(base, { waitUntil: "commit" });
    await page.waitForFunction(() => performance.getEntriesByName("engine-compiled").length > 0);
    return await page.evaluate(() => {
      const mark = (name) => performance.getEntriesByName(name)[0]?.startTime;
      const mounted = mark("app-mounted");
      return {
        boot: mark("boot"),
        paint: mark("first-contentful-paint") ?? mounted,
        mounted,
        ready: mark("app-ready") ?? mounted,
        engine: mark("engine-compiled"),
      };
    });
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
  const ready = Object.fromEntries(figures).ready;
  isLate ||= ready > limitMs;
  console.log(`${name.padEnd(14)} ${text} ms  (median of ${VISITS}; shell usable ${ready <= limitMs ? "within" : "PAST"} ${limitMs} ms)`);
}
process.exit(isLate ? 1 : 0);
