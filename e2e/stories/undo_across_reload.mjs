import { openBench, refusal } from "../workbench.mjs";

export const name = "undo and redo work across a reload";

export async function run({ page, base, expect }) {
  let call = await openBench(page, base);
  const { id } = await call("create", "undo");
  await call("set", "a", "1");
  await call("set", "a", "2");
  await call("undo");

  call = await openBench(page, base);
  expect.deepEqual((await call("open", id)).settings, { a: "1" });
  await call("redo");
  expect.deepEqual((await call("open", id)).settings, { a: "2" });
  await call("undo");
  await call("undo");

  call = await openBench(page, base);
  const { settings, name } = await call("open", id);
  expect.deepEqual({ settings, name }, { settings: {}, name: "undo" });
  expect.equal((await call("history")).gestures, 3);
  // A new edit forgets what was taken back.
  await call("set", "b", "1");
  expect.match(await refusal(call("redo")), /nothing_to_undo/);
}
