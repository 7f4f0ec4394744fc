import { openBench } from "../workbench.mjs";

export const name = "a full disk is said, and nothing is called saved that is not (ST-01, ST-12)";

const MIB = 1024 * 1024;

// The browser counts usage late; some fillers pass after the quota is reached.
const FILLS_MAX = 60;

export async function run({ page, base, expect, cdp }) {
  let call = await openBench(page, base);
  const { id } = await call("create", "quota");
  const session = await cdp();
  await session.send("Storage.overrideQuotaForOrigin", { origin: base, quotaSize: 12 * MIB });

  // Random text, so that neither we nor the browser can squeeze it.
  const fill = (index) =>
    page.evaluate(
      ([index, bytes]) => {
        const random = new Uint8Array(bytes);
        for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(random.subarray(at, at + 65_536));
        const text = new TextDecoder("latin1").decode(random);
        return window.ballastTest("import", [`filler ${index}`, text]);
      },
      [index, 2 * MIB],
    );
  let refused = "";
  for (let index = 0; index < FILLS_MAX && refused === ""; index += 1) {
    refused = await fill(index).then(
      () => "",
      (error) => String(error),
    );
  }
  expect.match(refused, /storage_full/);

  const { saved, failed } = await page.evaluate(async () => {
    const saved = [];
    const failed = [];
    for (let index = 0; index < 200; index += 1) {
      const key = `edit ${index}`;
      await window.ballastTest("set", [key, key]).then(
        () => saved.push(key),
        () => failed.push(key),
      );
    }
    return { saved, failed };
  });
  await session.send("Storage.overrideQuotaForOrigin", { origin: base });

  call = await openBench(page, base);
  const { settings, health } = await call("open", id);
  expect.equal(health, "good");
  for (const key of saved) expect.ok(key in settings, `called saved and lost: ${key}`);
  for (const key of failed) expect.ok(!(key in settings), `called failed and stored: ${key}`);
  await call("set", "room", "again");
  console.log(`         at the quota: ${saved.length} edits saved, ${failed.length} refused, none falsely`);
}
