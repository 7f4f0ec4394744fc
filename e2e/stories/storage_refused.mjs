import { openBench, refusal } from "../workbench.mjs";

export const name = "a browser that refuses storage leaves the whole app usable in memory (ST-11)";

// What runs in the worker before the engine does.
const CASES = {
  missing: `Object.defineProperty(self, "indexedDB", { value: undefined });`,
  ...Object.fromEntries(
    [
      ["UnknownError", "The user denied permission to access the database."],
      ["UnknownError", "Internal error opening backing store for indexedDB.open."],
      ["SecurityError", "The operation is insecure."],
      ["InvalidStateError", "A mutation operation was attempted on a database that did not allow mutations."],
      ["QuotaExceededError", "Encountered full disk while opening backing store."],
    ].map(([name, message]) => [
      `${name}: ${message}`,
      `IDBFactory.prototype.open = () => { throw new DOMException(${JSON.stringify(message)}, "${name}"); };`,
    ]),
  ),
};

export async function run({ context, base, expect }) {
  for (const [title, stub] of Object.entries(CASES)) {
    const page = await context.newPage();
    // A controlling service worker would answer before this does.
    await page.addInitScript(() => delete Navigator.prototype.serviceWorker);
    let stubbed = 0;
    await page.route(/engine-worker.*\.js$/, async (route) => {
      const response = await route.fetch();
      stubbed += 1;
      // Imports are hoisted, so the engine is loaded but not started before the stub runs.
      await route.fulfill({ response, body: `${stub}\n${await response.text()}` });
    });
    const call = await openBench(page, base);
    const { mode, id } = await call("create", "memory");
    expect.ok(stubbed > 0, title);
    expect.equal(mode, "memory", title);
    await call("set", "a", "1");
    await call("undo");
    expect.equal((await call("storage")).mode, "memory", title);
    expect.deepEqual((await call("open", id)).settings, {}, title);
    await page.close();
  }

  // A database of a newer build is refused, and never replaced by an empty memory (ST-09).
  const page = await context.newPage();
  await page.goto(base);
  const newer = "01234567-89ab-7cde-8f01-23456789abcd";
  await page.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open(name, 7);
        open.onsuccess = () => resolve(open.result.close());
        open.onerror = () => reject(open.error);
      }),
    `ballast-ws-${newer}`,
  );
  const call = await openBench(page, base);
  expect.match(await refusal(call("open", newer)), /storage_newer/);
}
