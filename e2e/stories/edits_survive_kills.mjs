import { openBench } from "../workbench.mjs";

export const name = "twenty kills of the browser lose no acknowledged edit and double none (ST-01 to ST-03)";

export const options = { seconds: 600 };

const KILLS = 20;

export async function run({ page, base, expect, kill, reopen }) {
  const acknowledged = new Set();
  let sent = 0;
  let tab = page;
  let call = await openBench(tab, base);
  const { id } = await call("create", "kills");

  for (let round = 0; round < KILLS; round += 1) {
    // Edit without pause; the kill hits whatever is under way after some acknowledgements.
    const wanted = 2 + ((round * 7) % 11);
    let enough;
    const reached = new Promise((resolve) => (enough = resolve));
    let count = 0;
    await tab.exposeFunction("acknowledge", (key) => {
      acknowledged.add(key);
      count += 1;
      if (count === wanted) enough();
    });
    await tab.exposeFunction("nextKey", () => `edit ${(sent += 1)}`);
    tab
      .evaluate(async () => {
        const edit = async () => {
          const key = await window.nextKey();
          await window.ballastTest("set", [key, key]);
          await window.acknowledge(key);
          return edit();
        };
        // Several at once, so that some are always under way.
        await Promise.all([edit(), edit(), edit(), edit()]);
      })
      .catch(() => {});
    await reached;
    await kill();
    ({ page: tab } = await reopen());
    call = await openBench(tab, base);
    const { settings, seq, mode, health } = await call("open", id);
    expect.equal(mode, "writer");
    expect.equal(health, "good");
    const stored = Object.keys(settings);
    for (const key of acknowledged) expect.ok(key in settings, `round ${round}: lost ${key}`);
    // One operation made the workspace; every other one set another key.
    expect.equal(seq, stored.length + 1, `round ${round}: doubled`);
    expect.ok(stored.length <= sent);
  }
  console.log(`         ${acknowledged.size} edits acknowledged over ${KILLS} kills, ${sent} sent, 0 lost, 0 doubled`);
}
