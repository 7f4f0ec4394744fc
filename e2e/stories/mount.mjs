export const name = "the app mounts under the strict policy and compiles the engine after the first paint";

export async function run({ page, base, expect, axe, shot }) {
  const response = await page.goto(base);
  const policy = response.headers()["content-security-policy"];
  expect.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
  expect.doesNotMatch(policy, /unsafe-inline/);
  await page.waitForFunction(() => performance.getEntriesByName("app-mounted").length === 1);
  const isModule = await page.evaluate(async () => (await window.ballastAssets.engineModule) instanceof WebAssembly.Module);
  expect.equal(isModule, true);
  const order = await page.evaluate(() => performance.getEntriesByType("mark").map((mark) => mark.name));
  const wanted = ["boot", "app-compiled", "app-mounted", "engine-compiled"];
  expect.deepEqual(order.filter((mark) => wanted.includes(mark)), wanted);
  expect.deepEqual(await axe(), []);
  await shot("mounted");
}
