import { createServer } from "node:http";
import { eventually } from "../workbench.mjs";

export const name = "a new version waits until the app lets it take over, then one reload brings it";

// Passes requests on to the real server; once `state.to` is set, it delivers a build of that version.
// The module of the lazy worker never arrives: a download under way may not hold the takeover up.
async function relay(base) {
  const state = { from: "", to: "", held: 0 };
  const server = createServer(async (request, response) => {
    if (/\/io[_.-][^/]*wasm$/.test(request.url)) {
      state.held += 1;
      return;
    }
    const answer = await fetch(base + request.url);
    const isText = /html|javascript|json/.test(answer.headers.get("content-type"));
    let body = Buffer.from(await answer.arrayBuffer());
    if (isText && state.to) body = Buffer.from(body.toString().replaceAll(state.from, state.to));
    const headers = Object.fromEntries(answer.headers);
    for (const name of ["content-encoding", "content-length", "transfer-encoding", "connection"]) delete headers[name];
    response.writeHead(answer.status, headers).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { state, address: `http://127.0.0.1:${server.address().port}`, close };
}

// What the page, its caches and its registration say; runs in the page.
async function standing() {
  const registration = await navigator.serviceWorker.getRegistration();
  return {
    version: window.ballastAssets?.version,
    updateReady: window.ballastAssets?.updateReady,
    controller: navigator.serviceWorker.controller?.state,
    caches: await window.caches.keys(),
    installing: registration?.installing?.state,
    waiting: registration?.waiting?.state,
    active: registration?.active?.state,
  };
}

const until = (page, what, wanted) => eventually(page, what, () => page.evaluate(standing), wanted);

export async function run({ page, base, expect }) {
  const { state, address, close } = await relay(base);
  try {
    await page.goto(address);
    await until(page, "the first version is in charge", (seen) => seen.controller === "activated");
    state.from = await page.evaluate(() => window.ballastAssets.version);
    state.to = "0123456789abcdef";

    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => undefined));
    await until(page, "the new version is announced", (seen) => seen.updateReady);
    await page.reload();
    expect.equal(await page.evaluate(() => window.ballastAssets.version), state.from, "a reload alone does not switch");

    await until(page, "it is announced again after a reload", (seen) => seen.updateReady);
    await until(page, "the old version is fetching the lazy files", () => state.held > 0);
    // What the page still loads would keep the old version busy.
    await page.waitForLoadState("networkidle");
    await page.getByRole("button", { name: "换上新版本" }).click({ noWaitAfter: true });
    const kept = `ballast-${state.to}`;
    await until(page, "the new version is in charge and the files of the old one are gone",
      (seen) => seen.version === state.to && seen.caches.join() === kept);
  } finally {
    close();
  }
}
