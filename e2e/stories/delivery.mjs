export const name = "files arrive typed, compressed and cacheable, the page and the service worker fresh";

export async function run({ page, base, expect }) {
  await page.goto(base);
  const read = (url) =>
    page.evaluate(async (url) => {
      const response = await fetch(url, { cache: "no-store" });
      const header = (name) => response.headers.get(name);
      return { status: response.status, type: header("content-type"), caching: header("cache-control"), encoding: header("content-encoding"), sniff: header("x-content-type-options") };
    }, url);
  const { appWasm, appJs } = await page.evaluate(() => JSON.parse(document.getElementById("assets").textContent));
  const hashed = { status: 200, caching: "public, max-age=31536000, immutable", encoding: "br", sniff: "nosniff" };
  expect.deepEqual(await read(appWasm), { ...hashed, type: "application/wasm" });
  expect.deepEqual(await read(appJs), { ...hashed, type: "text/javascript; charset=utf-8" });
  for (const fresh of ["/", "/sw.js", "/precache.json"]) {
    expect.equal((await read(fresh)).caching, "no-cache", fresh);
  }
  const missing = await fetch(`${base}/assets/none.js`);
  expect.equal(missing.status, 404);
}
