import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bring, date, planned, sums, table, untilBars } from "../demand_plan.mjs";
import { show } from "../workbench.mjs";

export const name = "campaigns and leads count where they pass the court; their shares are shown, and one switched off takes exactly its share away";
export const options = { locale: "en-GB", seconds: 400 };

const DAYS = 7 * 110;
const MILK = ["A0", "A1"];
const TOYS = ["B0", "B1"];

// A company whose posts and leads bring what they say: milk by posts every five to eleven weeks, the last
// ones planned; toys by leads, won in four of five cases, near the day that they state.
function company() {
  let state = 7;
  const draw = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const extra = Object.fromEntries([...MILK, ...TOYS].map((sku) => [sku, new Array(DAYS).fill(0)]));
  let posts = "post,published_on,skus\n";
  let days = "post,date,orders\n";
  for (const sku of MILK) {
    for (let published = Math.floor(40 * draw()), number = 0; published < DAYS + 30; published += 35 + Math.floor(42 * draw()), number += 1) {
      posts += `${sku}-${number},${date(published)},${sku}\n`;
      const kind = draw();
      const total = kind < 0.3 ? 40 : kind < 0.75 ? 120 : 420;
      for (let after = 0; after < Math.min(28, DAYS - published); after += 1) {
        const orders = Math.round(total * 0.16 * 0.84 ** after);
        days += `${sku}-${number},${date(published + after)},${orders}\n`;
        extra[sku][published + after] += orders;
      }
    }
  }
  let leads = "lead,stage,sku,expected_qty,stage_on,expected_close\n";
  for (let number = 0; number < 200; number += 1) {
    const contact = Math.floor(((Math.floor(number / 20) + ((number % 20) / 20) ** 2) * DAYS) / 10);
    const end = contact + 42 + Math.floor(28 * draw());
    const [sku, units, isWon] = [TOYS[Math.floor(2 * draw())], 40 + Math.round(120 * draw()), draw() < 0.8];
    const stated = date(end - 3 + Math.floor(7 * draw()));
    for (const [stage, on] of [["lead", contact], ["opportunity", contact + 7], [isWon ? "won" : "lost", end]]) {
      if (on < DAYS) leads += `L${number},${stage},${sku},${units},${date(on)},${stated}\n`;
    }
    if (isWon && end < DAYS) extra[sku][end] += units;
  }
  let demand = "date,sku,channel,region,quantity\n";
  for (const [sku, more] of Object.entries(extra)) {
    more.forEach((units, day) => (demand += `${date(day)},${sku},web,cn,${Math.round(4 + 8 * draw() + units)}\n`));
  }
  return {
    "demand.csv": demand,
    "company.csv": `key,value\nbase_currency,CNY\nas_of,${date(DAYS - 1)}\n`,
    "skus.csv": `sku,category\n${[...MILK.map((sku) => `${sku},milk`), ...TOYS.map((sku) => `${sku},toys`)].join("\n")}\n`,
    "campaigns.csv": posts,
    "campaign_days.csv": days,
    "leads.csv": leads,
  };
}

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-streams-"));
  try {
    const files = company();
    const data = join(folder, "data");
    mkdirSync(data);
    // Before posts and leads come in, nothing speaks of them.
    for (const file of ["demand.csv", "company.csv", "skus.csv"]) await bring(page, base, folder, file, files[file]);
    await show(page, "#/demand");
    await untilBars(page, (found) => found.forecast.units > 100);
    const streams = page.getByRole("group", { name: "Streams" });
    expect.equal(await streams.getByRole("checkbox").count(), 3);
    for (const file of ["campaigns.csv", "campaign_days.csv", "leads.csv"]) await bring(page, base, folder, file, files[file]);

    // The terminal with the same files.
    for (const [file, text] of Object.entries(files)) writeFileSync(join(data, file), text);
    const terminal = (...args) => execFileSync(process.env.BALLAST_TERMINAL, args, { stdio: "ignore" });
    terminal("plan", "--data", data, "--out", join(folder, "plan"));
    terminal("explain", "parts", "--data", data, "--out", join(folder, "parts.csv"));
    const told = table(join(folder, "parts.csv"));
    const sum = (part, weeks = told.slice(0, 13)) => weeks.reduce((sum, week) => sum + Number(week[part]), 0);

    await show(page, "#/demand");
    const all = await untilBars(page, (found) => found.campaign && found.pipeline);
    sums(expect, all);
    for (const part of ["campaign", "pipeline", "forecast"]) {
      expect.ok(Math.abs(all[part].units - sum(part)) <= 1, `${part} ${all[part].units} ${sum(part)}`);
    }
    expect.ok(all.campaign.units > 50, JSON.stringify(all));
    const head = await page.locator(".panel", { has: page.locator(".explain-parts") }).innerText();
    expect.ok(head.includes(`Campaigns ${all.campaign.share.replace("+", "")}`) && head.includes("Lead pipeline"), head);
    await page.locator(".explain-parts").scrollIntoViewIfNeeded();
    expect.deepEqual(await axe(), []);
    await shot("shares");

    // Each is switched off and takes its bar away, to the unit the page shows; undo brings it back.
    for (const [part, label] of [["campaign", "Campaigns"], ["pipeline", "Lead pipeline"]]) {
      await streams.getByRole("checkbox", { name: label }).click();
      const less = await untilBars(page, (found) => found[part]?.text === "left out");
      sums(expect, less);
      expect.ok(Math.abs(all.forecast.units - all[part].units - less.forecast.units) <= 1, `${part} ${JSON.stringify(less)}`);
      expect.equal(less.level.units, all.level.units);
      await shot(`without_${part}`);
      await page.keyboard.press("Control+z");
      expect.deepEqual(await untilBars(page, (found) => found.forecast.units === all.forecast.units && found[part].text !== "left out"), all);
      await planned(page);
    }
    await show(page, "#/data");
    const { plan_hash: hash } = JSON.parse(readFileSync(join(folder, "plan", "plan.json"), "utf8"));
    await page.waitForFunction((hash) => document.querySelector("[data-name=plan-hash]")?.textContent === hash, hash, { timeout: 120_000 });

    // Why they count.
    await show(page, "#/demand?tab=signals");
    const court = page.locator(".signals-court tbody tr");
    await court.first().waitFor({ timeout: 60_000 });
    const rulings = await court.evaluateAll((rows) => rows.map((row) => [0, 2, 4].map((cell) => row.cells[cell].textContent.trim())));
    expect.deepEqual(rulings.map(([stream, verdict]) => [stream, verdict]), [["Campaigns", "Accepted"], ["Lead pipeline", "Accepted"]]);
    for (const [, , wape] of rulings) {
      const [without, withIt] = wape.split("→").map((text) => Number(text.replace(/[^\d.]/g, "")));
      expect.ok(withIt < without, wape);
    }
    expect.equal(await page.getByText("In the forecast of 1 of 1 categories").count(), 2);
    expect.deepEqual(await axe(), []);
    // Planned posts are listed with what they may bring.
    expect.ok((await page.locator(".signals-hits tbody tr").count()) >= 2, "planned posts");
    await shot("court");

    // Goods with neither show neither, and the other language in the dark.
    await page.evaluate(() => {
      localStorage.setItem("ballast:theme", "dark");
      localStorage.setItem("ballast:lang", "zh-CN");
    });
    await page.reload();
    await court.first().waitFor({ timeout: 60_000 });
    expect.deepEqual(await axe(), []);
    await shot("court_dark_chinese");
    await show(page, "#/demand");
    await untilBars(page, (found) => found.campaign && found.pipeline);
    await page.locator(".explain-parts").scrollIntoViewIfNeeded();
    expect.deepEqual(await axe(), []);
    await shot("shares_dark_chinese");
    await show(page, "#/demand?sku=A0");
    await untilBars(page, (found) => found.campaign && !found.pipeline);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
