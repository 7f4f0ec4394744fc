import { eventually, openDemo, show } from "../workbench.mjs";

export const name = "signals are judged: the planted word enters the forecast, the others are listed with their cost; a suggestion is accepted";
export const options = { locale: "en-GB", seconds: 240 };

export async function run({ page, base, expect, axe, shot }) {
  await openDemo(page, base);
  await show(page, "#/demand?tab=signals");
  const court = page.locator(".signals-court tbody tr");
  await court.first().waitFor({ timeout: 60_000 });
  const rulings = await court.evaluateAll((rows) =>
    rows.map((row) => {
      const [word, , verdict, lead, wape, cost, engine] = [...row.cells].map((cell) => cell.textContent.trim());
      const [without, withIt] = wape.split("→").map((text) => Number(text.replace(/[^\d.]/g, "")));
      return { word, verdict, lead, without, with: withIt, engine, cost };
    }),
  );
  // docs/demo-companies.md: one true word, five weeks ahead; eight that say nothing, and posts neither.
  const words = rulings.filter((ruling) => ruling.word !== "Campaigns");
  expect.equal(words.length, 9);
  expect.equal(rulings.length, 17);
  const [first, ...others] = rulings;
  expect.equal(first.verdict, "Accepted");
  expect.equal(first.lead, "5 wk");
  expect.ok(first.with < first.without && first.cost.startsWith("−"), JSON.stringify(first));
  expect.ok(first.engine.includes("→"));
  for (const ruling of others) {
    expect.match(ruling.verdict, /^Rejected: /, ruling.word);
    expect.match(ruling.cost, /\d/, ruling.word);
    expect.ok(ruling.without > 0 && ruling.with > 0, ruling.word);
  }
  for (const part of ["heat", "funnel", "hits"]) {
    expect.ok((await page.locator(`.signals-${part} tbody tr`).count()) > 0, part);
  }
  await page.getByText(/What 1,000 orders need, by \d+ posts/).waitFor();
  await page.getByText(/finished posts: right side/).waitFor();
  expect.deepEqual(await axe(), []);
  await shot("signals");

  // Accepting a suggestion maps the word, which is then judged like the others.
  const open = page.locator(".signals-words tbody tr");
  expect.equal(await open.count(), 4);
  await open.filter({ hasText: "拉拉裤" }).getByRole("button", { name: "Accept" }).first().click();
  await page.waitForFunction(() => document.querySelectorAll(".signals-court tbody tr").length === 18, null, { timeout: 120_000 });
  await eventually(page, "the word is no longer open", () => open.count(), (count) => count === 3);
  const own = court.filter({ has: page.getByRole("rowheader", { name: "拉拉裤", exact: true }) });
  expect.match(await own.locator("td").nth(1).innerText(), /^Rejected: /);
  await shot("accepted");

  // It is one step of undo.
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => document.querySelectorAll(".signals-words tbody tr").length === 4, null, { timeout: 120_000 });
}
