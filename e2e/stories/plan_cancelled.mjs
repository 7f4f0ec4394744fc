import { openBench, refusal } from "../workbench.mjs";

export const name = "a plan can be cancelled at once and run again";
export const options = { seconds: 300 };

export async function run({ page, base, expect }) {
  const call = await openBench(page, base);
  await call("demo", "a");
  const took = await page.evaluate(async () => {
    const started = performance.now();
    const outcome = await window.ballastTest("cancelPlan", []).catch((error) => String(error));
    return { outcome, millis: performance.now() - started };
  });
  expect.match(took.outcome, /cancelled/);

  // An edit goes through while the plan runs.
  const [hash] = await Promise.all([call("plan"), call("set", "a", "1")]);
  expect.match(hash, /^[0-9a-f]{64}$/);
  expect.equal(await call("plan"), hash);
  expect.match(await refusal(call("cancelPlan")), /cancelled/);
  console.log(`         cancelled after ${took.millis.toFixed(0)} ms, plan ${hash.slice(0, 12)}`);
}
