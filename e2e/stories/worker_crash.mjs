import { openBench, refusal } from "../workbench.mjs";

export const name = "a crashed worker is replaced and nothing saved is lost";
export const allowed = [/unreachable/];

export async function run({ page, base, expect }) {
  const call = await openBench(page, base);
  const { id } = await call("create", "crash");
  await call("set", "a", "1");
  for (const value of ["2", "3"]) {
    expect.match(await refusal(call("panic")), /worker_crashed/);
    await call("set", "a", value);
  }
  const { settings, seq, mode } = await call("open", id);
  expect.deepEqual({ settings, seq, mode }, { settings: { a: "3" }, seq: 4, mode: "writer" });

  // An edit sent together with the crash is applied once.
  const [panic, edit] = [call("panic"), call("set", "b", "4")];
  expect.match(await refusal(panic), /worker_crashed/);
  expect.equal(await edit, 5);
  expect.equal((await call("open", id)).seq, 5);
}
