// One Chromium per story, on a profile of its own; everything a page complains about is collected.
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const EXECUTABLE = process.env.BALLAST_CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];
const VIEWPORT = { width: 1440, height: 900 };
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function openProfile({ base, slug, outFolder, options }) {
  const folder = mkdtempSync(join(tmpdir(), "ballast-e2e-"));
  const faults = [];
  const tools = { base, axe, shot, offline, newTab, kill, reopen, cdp, throttle };
  await start();

  async function start() {
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: EXECUTABLE,
      headless: true,
      args: FLAGS,
      viewport: options.viewport ?? VIEWPORT,
      colorScheme: options.theme ?? "light",
      locale: options.locale ?? "zh-CN",
      acceptDownloads: true,
      serviceWorkers: options.serviceWorkers ?? "allow",
    });
    await context.addInitScript(reportPolicyViolations);
    context.on("page", listen);
    const [page] = context.pages();
    listen(page);
    Object.assign(tools, { browser: context.browser(), context, page });
  }

  function listen(page) {
    page.on("console", (message) => {
      if (message.type() === "error") faults.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
    page.on("crash", () => faults.push("page crashed"));
  }

  async function newTab(path = "/") {
    const page = await tools.context.newPage();
    await page.goto(base + path);
    return page;
  }

  // SIGKILL, as a power cut would: nothing gets the chance to say goodbye.
  async function kill() {
    const { context } = tools;
    const closed = new Promise((resolve) => context.once("close", resolve));
    const group = browserGroup();
    process.kill(-group, "SIGKILL");
    await closed;
    // Its lock goes by hand, so nothing else keeps a new one from the files that a dying process still holds.
    while (isAlive(group)) await new Promise((resolve) => setTimeout(resolve, 10));
    rmSync(join(folder, "SingletonLock"), { force: true });
  }

  // Whether a process of a group is left that has not ended yet.
  function isAlive(group) {
    return readdirSync("/proc").some((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        const [state, , of] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return Number(of) === group && state !== "Z" && state !== "X";
      } catch {
        return false;
      }
    });
  }

  // Chromium leads a process group of its own; its profile lock names it.
  function browserGroup() {
    return Number(readlinkSync(join(folder, "SingletonLock")).split("-").at(-1));
  }

  // The same profile again, after `kill`; these handles replace the story's.
  async function reopen() {
    await start();
    return { browser: tools.browser, context: tools.context, page: tools.page };
  }

  async function offline(isOffline) {
    await tools.context.setOffline(isOffline);
  }

  async function cdp(page = tools.page) {
    return tools.context.newCDPSession(page);
  }

  // Slows the main thread down by a factor; 1 is full speed.
  async function throttle(rate, page = tools.page) {
    const session = await cdp(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate });
    return session;
  }

  async function shot(name, page = tools.page) {
    await page.screenshot({ path: join(outFolder, `${slug}-${name}.png`) });
  }

  // Accessibility findings of serious or critical impact, as text; empty when there are none.
  async function axe(page = tools.page) {
    await page.evaluate(AXE);
    const findings = await page.evaluate(async () => {
      const { violations } = await window.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      });
      return violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map((node) => node.target.join(" ")) }));
    });
    return findings
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, impact, where }) => `${impact} ${id}: ${where.slice(0, 5).join(" | ")}`);
  }

  async function close() {
    await tools.context.close().catch(() => {});
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  return {
    tools,
    close,
    // What pages complained about, without what the story says it expects.
    faults: (allowed) => faults.filter((fault) => !allowed.some((pattern) => pattern.test(fault))),
  };
}

// Runs in the page: a refused script or style becomes a console error, which fails the story.
function reportPolicyViolations() {
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`CSP: ${event.violatedDirective} refused ${event.blockedURI || "inline"} at ${event.sourceFile}:${event.lineNumber}`);
  });
}
