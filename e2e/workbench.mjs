// Drives workers and storage through `window.ballastTest`, which exists at addresses with `?test=1`.

const WAIT_SECONDS_MAX = 50;

// Opens the app; the returned function calls one command of the hook and gives its answer.
export async function openBench(page, base) {
  await page.goto(`${base}/?test=1`);
  await page.waitForFunction(() => typeof window.ballastTest === "function");
  return (name, ...args) => page.evaluate(([name, args]) => window.ballastTest(name, args), [name, args]);
}

// Opens the app and the demo company, and waits for its key figures; the test hook is there too.
export async function openDemo(page, base) {
  await page.goto(`${base}/?test=1`);
  await page.waitForFunction(() => typeof window.ballastTest === "function");
  await page.locator("h1").first().waitFor();
  await page.locator(".state-actions button").first().click();
  await page.locator(".kpi").first().waitFor({ timeout: 240_000 });
}

// Shows the screen at an address of the open app.
export async function show(page, place) {
  await page.evaluate((place) => {
    location.hash = place;
  }, place);
}

// What a command is refused with, as "code param=value"; fails when it is not refused.
export async function refusal(promise) {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error) => ({ refused: String(error.message ?? error) }),
  );
  if (outcome.refused === undefined) throw new Error(`not refused: ${JSON.stringify(outcome.value)}`);
  return outcome.refused;
}

// Waits until what `look` gives is as wanted, and says what was seen last when it never is. Playwright's
// `waitForFunction` takes any promise for true: it waits for nothing that is asked asynchronously.
export async function eventually(page, what, look, wanted) {
  const limit = Date.now() + WAIT_SECONDS_MAX * 1000;
  let seen = "nothing";
  while (Date.now() < limit) {
    const answer = await look().catch((error) => ({ lost: error.message.split("\n")[0] }));
    seen = JSON.stringify(answer);
    if (!answer?.lost && wanted(answer)) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`${what}: not within ${WAIT_SECONDS_MAX} s, last seen ${seen}`);
}

// Waits until the service worker keeps all that the first screen does without, too.
export async function untilKeptOffline(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const missing = () =>
    page.evaluate(async () => {
      const [name] = await caches.keys();
      const cache = await caches.open(name);
      const { lazy } = await (await cache.match("/precache.json")).json();
      const kept = await Promise.all(lazy.map((url) => cache.match(url)));
      return lazy.filter((_, index) => !kept[index]);
    });
  await eventually(page, "the lazy files are kept", missing, (urls) => urls.length === 0);
}

// Changes the records of one store of a workspace's database behind the app's back.
export async function tamper(page, workspace, store, how) {
  return page.evaluate(
    ([workspace, store, how]) =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open(`ballast-ws-${workspace}`);
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const database = open.result;
          const transaction = database.transaction(store, "readwrite");
          let count = 0;
          transaction.objectStore(store).openCursor().onsuccess = ({ target }) => {
            const cursor = target.result;
            if (!cursor) return;
            count += 1;
            if (how === "delete") cursor.delete();
            else {
              const bytes = cursor.value.slice();
              bytes[bytes.length >> 1] ^= 1;
              cursor.update(bytes);
            }
            cursor.continue();
          };
          transaction.oncomplete = () => {
            database.close();
            resolve(count);
          };
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    [workspace, store, how],
  );
}

// Empties every database of the origin, as one corrupt byte of the browser's log does.
export async function wipe(page) {
  await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const removals = databases.map(
      ({ name }) =>
        new Promise((resolve, reject) => {
          const removal = indexedDB.deleteDatabase(name);
          removal.onsuccess = resolve;
          removal.onerror = () => reject(removal.error);
        }),
    );
    await Promise.all(removals);
  });
}

export const STOCK = "sku,warehouse,bucket,quantity\nA1,W1,unrestricted,12\nA2,W1,unrestricted,0.5\n";
export const COMPANY = "key,value\nname,Test\nbase_currency,CNY\nas_of,2026-11-20\n";
