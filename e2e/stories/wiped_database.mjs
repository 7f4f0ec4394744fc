import { openBench, refusal, wipe } from "../workbench.mjs";

export const name = "a wiped database is recognised and never shown as a fresh install (ST-04)";

export async function run({ page, base, expect }) {
  const call = await openBench(page, base);
  const { id } = await call("create", "wiped");
  const seq = await call("set", "a", "1");
  await wipe(page);

  const again = await openBench(page, base);
  const [entry] = await again("list");
  expect.deepEqual({ id: entry.id, verdict: entry.verdict }, { id, verdict: "wiped" });
  const refused = await refusal(again("open", id));
  expect.match(refused, /storage_wiped/);
  expect.match(refused, new RegExp(`seq=${seq} `));
}
