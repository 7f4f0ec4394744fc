import { eventually, openDemo, show } from "../workbench.mjs";

export const name = "the approval gate says how many lines need a person, filters them with their reasons, and approves the rest at once";
export const options = { locale: "en-GB", seconds: 240 };

export async function run({ page, base, expect, axe, shot }) {
  await openDemo(page, base);
  await show(page, "#/inventory/replenish");
  const bar = page.getByRole("group", { name: "Approval gate" });
  await bar.waitFor();
  const sentence = (await bar.locator(".caption").innerText()).match(/^([\d,]+) of ([\d,]+) lines need a person, (\d+)\s?% of value$/);
  const [people, lines, share] = sentence.slice(1).map((text) => Number(text.replaceAll(",", "")));
  const chips = await counts(bar);
  expect.ok(people > 0 && people < lines / 2 && share > 0 && share < 100, sentence[0]);
  expect.equal((chips.MANUAL ?? 0) + (chips.BLOCK ?? 0), people);
  expect.equal(chips.AUTO + people, lines);
  expect.deepEqual(await axe(), []);
  await shot("load");

  // Only what needs a person, each with its reason.
  await bar.locator("[data-gate=MANUAL]").click();
  await eventually(page, "lines that need a person", () => total(page), (count) => count === chips.MANUAL);
  const cells = page.getByRole("grid").getByRole("row").locator("[role=gridcell]:nth-child(7)");
  expect.ok((await cells.allInnerTexts()).every((text) => text === "Needs a person"));
  const reasons = await cells.first().locator("[title]").getAttribute("title");
  expect.match(reasons, /^Needs a person: .+/);
  await page.getByRole("grid").getByRole("row").nth(1).dblclick();
  await page.locator(".banner").getByText(reasons).waitFor();
  await shot("card");
  await page.keyboard.press("Escape");

  // The rest in one gesture, and back.
  await bar.locator("[data-gate=AUTO]").click();
  await eventually(page, "lines that pass", () => total(page), (count) => count === chips.AUTO);
  const approve = bar.getByRole("button", { name: /^Approve the [\d,]+ that pass$/ });
  expect.equal(number(await approve.innerText()), chips.AUTO);
  await approve.click();
  await eventually(page, "approved", () => cells.allInnerTexts(), (texts) => texts.length > 0 && texts.every((text) => text === "Approved"));
  await eventually(page, "nothing left to approve", () => approve.isDisabled(), (disabled) => disabled);
  await shot("approved");
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await eventually(page, "taken back", () => cells.allInnerTexts(), (texts) => texts.length > 0 && texts.every((text) => text === "Passes"));
  expect.equal(number(await approve.innerText()), chips.AUTO);
}

const number = (text) => Number(text.match(/[\d,]+/)[0].replaceAll(",", ""));

async function counts(bar) {
  const chips = await bar.locator("[data-gate]").evaluateAll((chips) => chips.map((chip) => [chip.dataset.gate, chip.querySelector(".num").textContent]));
  return Object.fromEntries(chips.map(([gate, count]) => [gate, number(count)]));
}

async function total(page) {
  return number(await page.locator(".list-bar").first().locator(".caption").innerText());
}
