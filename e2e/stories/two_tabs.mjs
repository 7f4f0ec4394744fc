import { eventually, openBench, refusal } from "../workbench.mjs";

export const name = "two tabs never overwrite each other, and writing can be taken over (ST-06, ST-07)";

export async function run({ page, base, expect, context }) {
  const first = await openBench(page, base);
  const { id } = await first("create", "tabs");
  await first("set", "a", "1");

  const other = await context.newPage();
  const second = await openBench(other, base);
  const opened = await second("open", id);
  expect.equal(opened.mode, "follower");
  expect.deepEqual(opened.settings, { a: "1" });
  expect.match(await refusal(second("set", "a", "overwritten")), /read_only/);

  // The follower reads along.
  const seq = await first("set", "b", "2");
  await stands(other, second, (storage) => storage.seq === seq);

  await second("takeOver");
  await stands(other, second, (storage) => storage.mode === "writer");
  await stands(page, first, (storage) => storage.mode === "follower");
  expect.match(await refusal(first("set", "a", "overwritten")), /read_only/);
  await second("set", "c", "3");

  // The lock comes back by itself when the writer goes away.
  await other.close();
  await stands(page, first, (storage) => storage.mode === "writer");
  await first("set", "d", "4");
  expect.deepEqual((await first("open", id)).settings, { a: "1", b: "2", c: "3", d: "4" });

  // One that wants to write and is gone before it has the lock leaves no workspace that nobody writes to.
  const third = await context.newPage();
  const hasty = await openBench(third, base);
  await hasty("open", id);
  await Promise.allSettled([hasty("takeOver"), third.close()]);
  await stands(page, first, (storage) => storage.mode === "writer");
  await first("set", "e", "5");
}

function stands(page, bench, wanted) {
  return eventually(page, `storage ${wanted}`, () => bench("storage"), wanted);
}
