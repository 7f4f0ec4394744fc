import { openDemo, show } from "../workbench.mjs";

export const name = "demand classes: the map and its table tell one story, the 80 % band holds 75 to 85 % of frequent demand and at least 80 % of seldom demand, which comes in whole units; a point opens its series";
export const options = { locale: "en-GB", seconds: 240 };

export async function run({ page, base, expect, axe, shot }) {
  await openDemo(page, base);
  await show(page, "#/demand?tab=classes");
  const rows = page.locator(".demand-classes tbody tr");
  await rows.nth(4).waitFor({ timeout: 60_000 });
  const figure = (text) => Number(text.replace(/[^\d.]/g, ""));
  const lines = await rows.evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
  const [all, smooth, erratic, intermittent, lumpy] = lines.map(([name, series, , , , inside80, inside95]) => ({ name, series, inside80, inside95 }));
  expect.deepEqual([smooth.name, erratic.name, intermittent.name, lumpy.name], ["Smooth", "Erratic", "Intermittent", "Lumpy"]);
  const count = [smooth, erratic, intermittent, lumpy].reduce((sum, line) => sum + figure(line.series), 0);
  expect.equal(count, figure(all.series));
  for (const line of [smooth, erratic]) {
    expect.ok(figure(line.inside80) >= 75 && figure(line.inside80) <= 85, `${line.name}: ${line.inside80}`);
    expect.ok(figure(line.inside95) >= 92 && figure(line.inside95) <= 98, `${line.name}: ${line.inside95}`);
  }
  // Demand of 0, 1 or 2 units: no band can hold as little as it says.
  for (const line of [intermittent, lumpy]) expect.ok(figure(line.inside80) >= 80, `${line.name}: ${line.inside80}`);
  expect.deepEqual(await axe(), []);
  await shot("map");

  // By keyboard: arrows choose a point and say what it is, Enter opens it.
  await page.locator(".demand-map").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const told = await page.locator(".demand-map").getByText(/ADI [\d.]+ · CV² [\d.]+/).textContent();
  await page.keyboard.press("Enter");
  await page.waitForFunction((sku) => location.hash.includes(`sku=${sku}&`), told.split(" · ")[0]);
  await page.goBack();
  await rows.nth(4).waitFor({ timeout: 60_000 });

  // Pressing a point shows its series: one of the slice, of one SKU.
  const place = await page.locator(".demand-map path[data-class='0']").evaluate((path) => {
    const [, x, y] = path.getAttribute("d").match(/^M([\d.]+) ([\d.]+)/).map(Number);
    const drawing = path.ownerSVGElement.getBoundingClientRect();
    const scale = drawing.width / path.ownerSVGElement.viewBox.baseVal.width;
    const style = getComputedStyle(path.ownerSVGElement);
    return { x: (x + 2.4) * scale, y: y * scale, padding: [style.paddingLeft, style.paddingTop] };
  });
  await page.locator(".demand-map").click({ position: { x: place.x, y: place.y } });
  await page.waitForFunction(() => /sku=.+&channel=.+&region=/.test(location.hash) && !location.hash.includes("tab="));
  await page.getByText("1 series", { exact: true }).waitFor();
  // Its class alone is what the slice shows.
  await page.getByRole("tab", { name: "Classes" }).click();
  await page.getByText("1 of 1 series on the map").waitFor({ timeout: 60_000 });
}
