import { createServer } from "node:http";

export const name = "a new version waits until the app lets it take over, then one reload brings it";

// Passes requests on to the real server; once `next` is set, it delivers a build of another version.
async function relay(base) {
  const state = { from: "", to: "" };
  const server = createServer(async (request, response) => {
    const answer = await fetch(base + request.url);
    const isText = /html|javascript|json/.test(answer.headers.get("content-type"));
    let body = Buffer.from(await answer.arrayBuffer());
    if (isText && state.to) body = Buffer.from(body.toString().replaceAll(state.from, state.to));
    const headers = Object.fromEntries(answer.headers);
    for (const name of ["content-encoding", "content-length", "transfer-encoding", "connection"]) delete headers[name];
    response.writeHead(answer.status, headers).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { state, address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

export async function run({ page, base, expect }) {
  const { state, address, close } = await relay(base);
  try {
    await page.goto(address);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    state.from = await page.evaluate(() => window.ballastAssets.version);
    state.to = "0123456789abcdef";
    const version = () => page.evaluate(() => window.ballastAssets.version);

    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => undefined));
    await page.waitForFunction(() => window.ballastAssets.updateReady);
    await page.reload();
    expect.equal(await version(), state.from, "a reload alone does not switch");

    await page.waitForFunction(() => window.ballastAssets.updateReady);
    await page.evaluate(() => window.ballastAssets.applyUpdate());
    // The browser activates the waiting worker once the old one is idle; asking for the registration
    // wakes its check. The story's own limit ends a wait in vain.
    const switched = () => page.evaluate(async (wanted) => {
      await navigator.serviceWorker.getRegistration();
      const names = await window.caches.keys();
      return window.ballastAssets?.version === wanted && names.length === 1;
    }, state.to).catch(() => false);
    while (!(await switched())) await page.waitForTimeout(100);
    const caches = await page.evaluate(() => window.caches.keys());
    expect.deepEqual(caches, [`ballast-${state.to}`], "the files of the old version are gone");
  } finally {
    close();
  }
}
