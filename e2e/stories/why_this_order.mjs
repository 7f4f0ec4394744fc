import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bring, date, planned } from "../demand_plan.mjs";
import { show } from "../workbench.mjs";

export const name = "why this order follows the lead time, and what must change for no stock-out lists the three cheapest ways";
export const options = { locale: "en-GB", seconds: 240 };

const DAYS = 280;

export async function run({ page, base, expect, axe, shot }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-why-"));
  try {
    // Ten a day; 30 in W1, 100 more on the eighth day; W2 has 500 that nobody buys there.
    const rows = Array.from({ length: DAYS }, (_, day) => `${date(day)},A,web,r1,10\n`).join("");
    const files = {
      "company.csv": `key,value\nbase_currency,CNY\nas_of,${date(DAYS - 1)}\n`,
      "warehouses.csv": "warehouse,region,name_en,name_zh,priority,holding_rate\nW1,r1,West,西仓,1,0.2\nW2,r2,East,东仓,2,0.2\n",
      "serves.csv": "warehouse,region,channel,days\nW1,r1,web,1\nW2,r2,web,1\n",
      "lanes.csv": "origin,destination,mode,cost_fixed,cost_unit,lead_days\nW2,W1,truck,50,1,2\n",
      "skus.csv": "sku,category,name_en,name_zh,unit_cost,list_price,vat_rate\nA,c,Article,货,12,22.6,0.13\n",
      "sourcing.csv": sourcing(10),
      "stock.csv": "sku,warehouse,bucket,quantity\nA,W1,unrestricted,30\nA,W2,unrestricted,500\n",
      "open_orders.csv": `order,kind,supplier,sku,warehouse,quantity,due_on\nPO1,purchase,S,A,W1,100,${date(DAYS + 7)}\n`,
      "demand.csv": `date,sku,channel,region,quantity\n${rows}`,
    };
    for (const [file, text] of Object.entries(files)) await bring(page, base, folder, file, text);
    await show(page, "#/inventory/replenish/A?site=W1");
    const why = page.locator(".why > li");
    await why.nth(4).waitFor();
    expect.match(await why.first().innerText(), /10.0 a day × 17 d \(lead 10 \+ review 7\) = 170 units/);
    expect.match(await why.nth(3).innerText(), /170 − 130 = 40 units, rounded to 40 = /);

    const ways = page.locator(".ways > li");
    await page.getByText(/^Runs out on .*, 40 units short at worst/).waitFor();
    const told = (await ways.allInnerTexts()).map((text) => text.trim());
    // 40 units for six days, 100 units for four at 20 % of 12 a year; 50 a transfer and 1 a unit.
    expect.equal(told.length, 3);
    expect.match(told[0], /^Lead time of the order 4 d instead of 10, for 40 units · holding ¥2/);
    expect.match(told[1], /^Bring PO1 \(100 units\) forward from .* · holding ¥3/);
    expect.match(told[2], /^Transfer 40 from East, sent by .* · freight ¥90$/);
    expect.deepEqual(await axe(), []);
    await shot("card");

    // Another lead time, another sentence.
    await bring(page, base, folder, "sourcing.csv", sourcing(14));
    await planned(page);
    await show(page, "#/inventory/replenish/A?site=W1");
    await page.getByText(/10.0 a day × 21 d \(lead 14 \+ review 7\) = 210 units/).waitFor();
    await page.getByText(/210 − 130 = 80 units, rounded to 80 = /).waitFor();
    await page.getByText(/^Lead time of the order 4 d instead of 14, for 80 units/).waitFor();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const sourcing = (lead) => `supplier,sku,lead_days,lead_sd,review_days,price\nS,A,${lead},0,7,12\n`;
