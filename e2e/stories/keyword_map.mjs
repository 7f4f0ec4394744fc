import { eventually, openDemo, show } from "../workbench.mjs";

export const name = "any word is mapped to any goods by a search and freed again, and the plan follows what the court says of it";
export const options = { locale: "en-GB", seconds: 300 };

export async function run({ page, base, expect, axe, shot }) {
  await openDemo(page, base);
  const bySignals = page.locator(".demand-plan table").first().locator("tr", { has: page.getByRole("rowheader", { name: "Signals", exact: true }) });
  const planned = async () => {
    await show(page, "#/demand");
    await page.getByRole("rowheader", { name: "Baseline", exact: true }).waitFor();
    const rows = await bySignals.allInnerTexts();
    await show(page, "#/demand?tab=signals");
    return rows.join();
  };
  const rulings = page.locator(".signals-court tbody tr");
  const judged = (count) => eventually(page, `${count} rulings`, () => rulings.count(), (seen) => seen === count);
  const before = await planned();
  expect.match(before, /\d/);
  await judged(17);
  const word = (await rulings.first().locator("th").innerText()).trim();
  const cells = await rulings.first().locator("td").allInnerTexts();
  expect.equal(cells[1], "Accepted");

  // The list of mapped words; one is looked for.
  const [open, mapped] = ["Open words", "Mapped words"].map((name) => page.getByRole("region", { name }).locator("tbody tr"));
  expect.deepEqual([await open.count(), await mapped.count()], [4, 9]);
  const find = page.getByLabel("Find a keyword");
  await find.fill(word);
  await eventually(page, "one word", () => mapped.count(), (seen) => seen === 1);
  await find.fill("no such word");
  await page.getByRole("heading", { name: "No such word" }).waitFor();
  await find.fill("");

  // Freed, the word says nothing any more: the plan is another.
  const own = (rows) => rows.filter({ has: page.getByRole("rowheader", { name: word, exact: true }) });
  const code = await own(mapped).locator(".cut").getAttribute("title");
  await own(mapped).getByRole("button", { name: `Stop mapping “${word}”` }).click();
  await judged(16);
  expect.equal(await own(mapped).count(), 0);
  expect.notEqual(await planned(), before);
  await judged(16);

  // Mapped again through the search, by keys alone: the court lets it in and the plan is the first one.
  await own(open).getByRole("button", { name: "Choose goods…" }).click();
  const options = page.getByRole("listbox", { name: "SKU or category, by code or name" }).getByRole("option");
  const field = page.getByRole("combobox", { name: "SKU or category, by code or name" });
  await eventually(page, "the search has the focus", () => field.evaluate((it) => it === document.activeElement), (is) => is);
  await page.keyboard.type("zzzz");
  await page.getByText("No match").waitFor();
  await field.fill(code);
  await options.first().waitFor();
  expect.deepEqual(await axe(), []);
  await shot("picker");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  expect.equal(await options.count(), 0);
  await page.keyboard.press("Enter");
  await judged(17);
  expect.equal((await rulings.first().locator("th").innerText()).trim(), word);
  expect.equal(await rulings.first().locator("td").nth(1).innerText(), "Accepted");
  expect.equal(await planned(), before);
  await judged(17);

  // A second category for a word, with a weight; it is one step of undo.
  const noise = mapped.first();
  const name = (await noise.locator("th").innerText()).trim();
  await noise.getByRole("button", { name: "Add goods…" }).click();
  await field.fill("玩具");
  await options.first().click();
  await page.getByLabel("Weight").fill("0.5");
  await page.getByRole("button", { name: "Map", exact: true }).click();
  const again = mapped.filter({ hasText: name });
  await again.getByText("× 0.5").waitFor();
  expect.equal(await again.locator(".signals-choice").count(), 2);
  await judged(18);
  expect.deepEqual(await axe(), []);
  await shot("mapped");
  await page.locator("h3", { hasText: "Signal court" }).click();
  await page.keyboard.press("Control+z");
  await judged(17);
  await eventually(page, "undone", () => again.locator(".signals-choice").count(), (seen) => seen === 1);
}

