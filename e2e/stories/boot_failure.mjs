export const name = "without its module the app says in both languages that it could not start";
export const allowed = [/^console: /];

export async function run({ page, context, base, expect, axe }) {
  await context.route(/app_bg-.*\.wasm$/, (route) => route.abort());
  await page.goto(base);
  const card = page.getByRole("alert");
  await card.waitFor();
  const text = await card.innerText();
  expect.match(text, /压舱石没能启动/);
  expect.match(text, /Ballast could not start/);
  expect.deepEqual(await axe(), []);
}
