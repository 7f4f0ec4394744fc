import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bring, date, planRow, untilRow } from "../demand_plan.mjs";
import { show } from "../workbench.mjs";

export const name = "an event of some goods is learnt from them, lifts only them, and says whom it concerns";
export const options = { locale: "en-GB", seconds: 300 };

const DAYS = 60 * 7;
// First days of the brand day: two were seen, the next is in the second week to come.
const BRAND_DAYS = [100, 290, DAYS + 9];

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-event-scope-"));
  try {
    // Tea and cups sell twenty a day in each channel; on a brand day Tmall sells five times the tea.
    let text = "date,sku,channel,region,quantity\n";
    for (let day = 0; day < DAYS; day += 1) {
      for (const sku of ["TEA", "CUP"]) {
        for (const channel of ["tmall", "jd"]) {
          const isBrandDay = sku === "TEA" && channel === "tmall" && BRAND_DAYS.includes(day);
          text += `${date(day)},${sku},${channel},cn,${isBrandDay ? 100 : 18 + ((day * 7) % 5)}\n`;
        }
      }
    }
    await bring(page, base, folder, "demand.csv", text);
    await bring(page, base, folder, "skus.csv", "sku,category,name_en,name_zh\nTEA,tea,Green tea,绿茶\nCUP,cups,Cup,杯子\n");
    await bring(page, base, folder, "categories.csv", "category,name_en,name_zh\ntea,Tea,茶叶\ncups,Cups,杯具\n");
    await bring(page, base, folder, "channels.csv", "channel,kind,name_en,name_zh\ntmall,marketplace,Tmall,天猫\njd,marketplace,JD,京东\n");
    const brand = BRAND_DAYS.map((day) => `brand,promo,Brand day,品牌日,${date(day)},${date(day)},0,0,category=tea;channel=tmall\n`);
    await bring(
      page,
      base,
      folder,
      "events.csv",
      `event,kind,name_en,name_zh,start,end,pre_days,post_days,scope\n${brand.join("")}lost,promo,Lost day,失踪日,${date(150)},${date(150)},0,0,channel=nowhere\n`,
    );

    await show(page, "#/demand?tab=factors");
    const rows = page.getByRole("region", { name: "Factors" }).locator("tbody tr");
    await rows.filter({ hasText: "Brand day" }).getByText("Only Tea · Tmall").waitFor();
    const cells = await rows.filter({ hasText: "Brand day" }).locator("td").allInnerTexts();
    expect.ok(Math.abs(Number(cells[1].replace("×", "")) - 5) < 0.3, `a lift of ${cells[1]}`);
    expect.equal(cells[4].trim(), "2");
    // A row whose channel is not known is said to do nothing.
    await rows.filter({ hasText: "Lost day" }).getByText("Nothing is called nowhere: does nothing").waitFor();
    const lost = await rows.filter({ hasText: "Lost day" }).locator("td").allInnerTexts();
    expect.deepEqual([1, 2, 4].map((place) => lost[place].trim()), ["–", "–", "–"]);
    expect.deepEqual(await axe(), []);
    await shot("factors");

    // Inside: a bar of the event in the second week. Outside: none, and no mark of its weeks.
    const near = (row, wanted) => row.length === 13 && row.every((units, week) => Math.abs(units - wanted(week)) <= 8);
    await show(page, "#/demand?sku=TEA&channel=tmall");
    await untilRow(page, "Forecast", (row) => near(row, (week) => (week === 1 ? 220 : 140)));
    const inside = await planRow(page, "Events");
    expect.ok(inside[1] > 70 && inside.every((units, week) => week === 1 || units === 0), `${inside}`);
    await shot("inside");
    for (const place of ["sku=TEA&channel=jd", "sku=CUP&channel=tmall"]) {
      await show(page, `#/demand?${place}`);
      await untilRow(page, "Forecast", (row) => near(row, () => 140));
      const outside = await planRow(page, "Events").catch(() => []);
      expect.ok(outside.every((units) => units === 0), `${place} ${outside}`);
      await show(page, `#/demand?${place}&tab=factors`);
      await rows.filter({ hasText: "Lost day" }).waitFor();
      expect.equal(await rows.filter({ hasText: "Brand day" }).count(), 0);
    }

    // The other language, and the dark.
    await page.evaluate(() => {
      localStorage.setItem("ballast:theme", "dark");
      localStorage.setItem("ballast:lang", "zh-CN");
    });
    await page.reload();
    await show(page, "#/demand?tab=factors");
    await page.getByText("仅 茶叶 · 天猫").waitFor();
    expect.deepEqual(await axe(), []);
    await shot("factors in Chinese, dark");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
