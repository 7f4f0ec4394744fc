import { openDemo, show } from "../workbench.mjs";

export const name = "the lift of each event is shown with its interval and evidence, and comes back in the forecast on its dates";
export const options = { locale: "en-GB", seconds: 200 };

export async function run({ page, base, expect, axe, shot }) {
  await openDemo(page, base);
  await show(page, "#/demand?tab=factors");
  const rows = page.getByRole("region", { name: "Factors" }).locator("tbody tr");
  await rows.first().waitFor();
  const factors = await rows.evaluateAll((rows) =>
    rows.map((row) => {
      const [name, next, lift, interval, , seen] = [...row.cells].map((cell) => cell.textContent.trim());
      const [low, high] = interval.split(/\s*[–-]\s*/).map(Number);
      return { name, next, lift: Number(lift.slice(1)), low, high, seen: Number(seen) };
    }),
  );
  for (const { name, lift, low, high, seen } of factors) {
    expect.ok(low <= lift && lift <= high && seen >= 1, `${name} ×${lift} ${low}..${high} seen ${seen}`);
  }
  const of = (name) => factors.find((factor) => factor.name === name);
  expect.ok(of("Double 11").low > 1.5, "Double 11 lifts");
  expect.ok(of("Spring Festival").high < 1, "the Spring Festival is quiet");
  // The next one to come stands first.
  expect.equal(factors[0].name, "Double 11");
  expect.deepEqual(await axe(), []);
  await shot("factors");

  // Arrow keys change the tab; the weeks of Double 11 are lifted in the plan.
  await page.getByRole("tab", { name: /^Factors/ }).focus();
  await page.keyboard.press("ArrowLeft");
  const plan = page.locator(".demand-plan table").first();
  await plan.waitFor();
  const line = async (name) => {
    const cells = await plan.locator("tr", { has: page.getByRole("rowheader", { name, exact: true }) }).locator("td").allInnerTexts();
    return cells.map((text) => {
      const figure = Number(text.replaceAll(",", "").replace("−", "-").replace("–", "0").replace(/[+K]/g, ""));
      return text.endsWith("K") ? figure * 1_000 : figure;
    });
  };
  const names = ["Baseline", "Events", "Signals", "Forecast"];
  const [baseline, events, signals, forecast] = await Promise.all(names.map(line));
  forecast.forEach((total, week) => expect.ok(Math.abs(total - baseline[week] - events[week] - signals[week]) <= 52, `week ${week}`));
  expect.ok(Math.max(...events) > 0.4 * Math.max(...baseline), "a week of Double 11 stands out");
  await shot("plan");

  await page.getByRole("radio", { name: "Day" }).click();
  await page.getByText("days share a week by weekday and events").waitFor();
  await shot("days");
}
