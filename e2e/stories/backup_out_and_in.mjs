import { COMPANY, STOCK, openBench, wipe } from "../workbench.mjs";

export const name = "a backup file brings a wiped workspace back, state for state (ST-14)";

export async function run({ page, base, expect }) {
  let call = await openBench(page, base);
  const { id } = await call("create", "backup");
  await call("import", "company", COMPANY);
  await call("import", "stock", STOCK);
  await call("set", "a", "1");
  const before = await call("open", id);
  const file = await page.evaluate(async () => Array.from(await window.ballastTest("backup", [])));
  const header = String.fromCharCode(...file.slice(0, 8));
  expect.equal(header, "BALLAST1");

  await wipe(page);
  call = await openBench(page, base);
  const restore = (bytes) => page.evaluate((bytes) => window.ballastTest("restore", [Uint8Array.from(bytes)]), bytes);
  const after = await restore(file);
  expect.deepEqual(after, before);
  expect.equal((await call("list"))[0].verdict, "agrees");

  // Into a browser that still has it: a second workspace, the first is untouched.
  const copy = await restore(file);
  expect.notEqual(copy.id, id);
  expect.equal(copy.hash, before.hash);
  expect.equal((await call("list")).length, 2);

  const altered = file.slice();
  altered[altered.length >> 1] ^= 1;
  await expect.rejects(restore(altered), /bad_backup/);
}
