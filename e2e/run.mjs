// Runs the stories of e2e/stories: `cargo xtask e2e [name]`. README.md beside this file says how to write one.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { openProfile } from "./browser.mjs";

const STORY_SECONDS_MAX = Number(process.env.BALLAST_STORY_SECONDS ?? 120);
const base = process.env.BALLAST_URL;
if (!base) throw new Error("BALLAST_URL is not set: start this through `cargo xtask e2e`");

const filters = process.argv.slice(2);
const folder = new URL("./stories/", import.meta.url);
const outFolder = new URL("./out/", import.meta.url).pathname;
mkdirSync(outFolder, { recursive: true });

const files = readdirSync(folder).filter((name) => name.endsWith(".mjs")).sort();
let passed = 0;
const failures = [];
for (const file of files) {
  const story = await import(new URL(file, folder));
  const wanted = filters.length === 0 || filters.some((text) => file.includes(text) || story.name.includes(text));
  if (!wanted) continue;
  const started = Date.now();
  const reason = await tell(story, file.replace(/\.mjs$/, ""));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${reason ? "FAILED" : "ok    "} ${seconds.padStart(6)} s  ${story.name}`);
  if (reason) {
    console.log(reason.replace(/^/gm, "         "));
    failures.push(story.name);
  } else {
    passed += 1;
  }
}
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 && passed > 0 ? 0 : 1);

// Null when the story holds, else why not.
async function tell(story, slug) {
  const profile = await openProfile({ base, slug, outFolder, options: story.options ?? {} });
  let timer;
  const limit = new Promise((_, reject) => {
    const seconds = story.options?.seconds ?? STORY_SECONDS_MAX;
    timer = setTimeout(() => reject(new Error(`no end after ${seconds} s`)), seconds * 1000);
  });
  try {
    await Promise.race([story.run({ ...profile.tools, expect: assert }), limit]);
    const faults = profile.faults(story.allowed ?? []);
    return faults.length === 0 ? null : faults.join("\n");
  } catch (error) {
    await profile.tools.shot("failed").catch(() => {});
    return [error.stack ?? String(error), ...profile.faults([])].join("\n");
  } finally {
    clearTimeout(timer);
    await profile.close();
  }
}
