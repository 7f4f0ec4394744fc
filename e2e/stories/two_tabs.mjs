import { openBench, refusal, until } from "../workbench.mjs";

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
  await until(other, "storage", [], `answer.seq === ${seq}`);

  await second("takeOver");
  await until(other, "storage", [], `answer.mode === "writer"`);
  await until(page, "storage", [], `answer.mode === "follower"`);
  expect.match(await refusal(first("set", "a", "overwritten")), /read_only/);
  await second("set", "c", "3");

  // The lock comes back by itself when the writer goes away.
  await other.close();
  await until(page, "storage", [], `answer.mode === "writer"`);
  await first("set", "d", "4");
  expect.deepEqual((await first("open", id)).settings, { a: "1", b: "2", c: "3", d: "4" });
}
