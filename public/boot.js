// Runs before the first paint: theme and language, then the UI module, then the engine.
// docs/app-boot.md describes what the app may rely on.
(() => {
  "use strict";
  performance.mark("boot");
  const ANSWER_MS = 2000;
  const ASK_AGAIN_MS = 40000;

  const root = document.documentElement;
  const assets = JSON.parse(document.getElementById("assets").textContent);

  // Storage throws in sandboxed and third-party frames.
  const saved = (key, allowed) => {
    try {
      const value = localStorage.getItem(key);
      return allowed.includes(value) ? value : null;
    } catch {
      return null;
    }
  };
  const systemTheme = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const systemLanguage = () => ((navigator.language || "").toLowerCase().startsWith("zh") ? "zh-CN" : "en");
  root.dataset.theme = saved("ballast:theme", ["light", "dark"]) || systemTheme();
  root.dataset.density = saved("ballast:density", ["compact", "default", "comfortable"]) || "default";
  root.lang = saved("ballast:lang", ["zh-CN", "en"]) || systemLanguage();

  const compile = async (url, options, mark) => {
    const module = await WebAssembly.compileStreaming(fetch(url, options));
    performance.mark(mark);
    return module;
  };

  // One language comes with the module, the other once the app is up.
  const texts = {};
  const loadTexts = async (tag) => {
    const response = await fetch(assets.texts[tag]);
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    texts[tag] = await response.text();
  };

  const fail = (reason) => {
    console.error(reason);
    const card = document.getElementById("boot-failed");
    document.getElementById("boot-reason").textContent = String(reason);
    card.hidden = false;
  };

  const parsed = new Promise((resolve) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve, { once: true });
    else resolve();
  });
  // A page in the background never paints, so it does not wait for a frame either.
  const painted = () =>
    new Promise((resolve) => {
      if (document.hidden) resolve();
      else requestAnimationFrame(() => requestAnimationFrame(resolve));
    });

  const start = async () => {
    const [glue, module] = await Promise.all([
      import(assets.appJs),
      compile(assets.appWasm, {}, "app-compiled"),
      loadTexts(root.lang),
      parsed,
    ]);
    await glue.default({ module_or_path: module });
    performance.mark("app-mounted");
    await painted();
  };

  const mounted = start();
  mounted.catch((reason) => parsed.then(() => fail(reason)));

  let io = null;
  const engineModule = mounted.then(() => compile(assets.engineWasm, { priority: "low" }, "engine-compiled"));
  // The app reports a missing engine itself; without this line the console would first.
  engineModule.catch(() => {});
  // Whoever switches the language asks again for what did not come.
  const others = Object.keys(assets.texts).filter((tag) => tag !== root.lang);
  mounted.then(() => Promise.allSettled(others.map(loadTexts))).catch(() => {});

  window.ballastAssets = {
    engineJs: assets.engineJs,
    engineWasm: assets.engineWasm,
    engineModule,
    ioJs: assets.ioJs,
    ioWasm: assets.ioWasm,
    ioModule: () => (io ??= compile(assets.ioWasm, { priority: "low" }, "io-compiled")),
    texts,
    loadTexts,
    version: assets.version,
    updateReady: false,
    applyUpdate: () => {},
  };

  const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const standDown = (worker) => {
    const { port1, port2 } = new MessageChannel();
    const idle = new Promise((resolve) => (port1.onmessage = resolve));
    worker?.postMessage("stand-down", [port2]);
    return Promise.race([idle, after(ANSWER_MS)]);
  };
  // A browser lets the newer worker take over only while the old one is idle. Whatever reaches the old one
  // starts it again, for half a minute: so it is asked to finish first, and then left alone.
  const takeOver = async (registration) => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    // Another tab may have let it take over before.
    if (!registration.waiting) location.reload();
    while (registration.waiting) {
      await standDown(registration.active);
      registration.waiting?.postMessage("take-over");
      await after(ASK_AGAIN_MS);
    }
  };

  const announce = (registration) => {
    window.ballastAssets.updateReady = true;
    window.ballastAssets.applyUpdate = () => takeOver(registration);
    window.dispatchEvent(new CustomEvent("ballast:update-ready"));
  };

  const watch = (registration) => {
    const candidate = registration.installing;
    candidate?.addEventListener("statechange", () => {
      // With no controller this is the first visit, not an update.
      if (candidate.state === "installed" && navigator.serviceWorker.controller) announce(registration);
    });
  };

  // Embedded frames keep nothing on the machine.
  const isFramed = window.top !== window.self;
  if ("serviceWorker" in navigator && !isFramed) {
    engineModule
      .catch(() => {})
      .then(() => navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }))
      .then((registration) => {
        if (registration.waiting && navigator.serviceWorker.controller) announce(registration);
        watch(registration);
        registration.addEventListener("updatefound", () => watch(registration));
        return navigator.serviceWorker.ready;
      })
      .then((registration) => registration.active?.postMessage("fetch-lazy"))
      .catch((reason) => console.warn("offline use is not available:", reason));
  }
})();
