export const name = "a language whose texts cannot be fetched is not switched to; the app says so and switches once they can";
export const options = { serviceWorkers: "block" };
export const allowed = [/^console: .*texts-/];

export async function run({ page, context, base, expect }) {
  const english = /texts-.*\.en\.txt$/;
  await context.route(english, (route) => route.abort());
  const tried = page.waitForRequest(english);
  await page.goto(base);
  await page.getByRole("heading", { level: 1, name: "驾驶舱" }).waitFor();
  await tried;
  await page.getByRole("radio", { name: "EN" }).click();
  await page.getByText("另一种语言的文字没有取到").waitFor();
  expect.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");

  await context.unroute(english);
  await page.getByRole("radio", { name: "EN" }).click();
  await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
  expect.equal(await page.evaluate(() => document.documentElement.lang), "en");
}
