export const name = "an injected inline script is refused and the harness sees it";
export const allowed = [/^console: CSP: script-src-elem refused inline/, /^console: .*Content Security Policy/];

export async function run({ page, base, expect }) {
  await page.goto(base);
  const refused = page.waitForEvent("console", (message) => message.text().startsWith("CSP: script-src"));
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.body.append(script);
  });
  await refused;
  expect.equal(await page.evaluate(() => window.injected), undefined);
}
