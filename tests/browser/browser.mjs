// A browser whose pages remember what went wrong in them.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };

const SWITCHES = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export class Browser {
  #chromium;
  #home;
  #problems = [];

  static async launch() {
    const browser = new Browser();
    // Crash reports and caches go to a home of their own, which is thrown away.
    browser.#home = await mkdtemp(join(tmpdir(), "chromium-"));
    browser.#chromium = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: SWITCHES,
      env: { ...process.env, HOME: browser.#home, XDG_CONFIG_HOME: browser.#home, XDG_CACHE_HOME: browser.#home },
    });
    return browser;
  }

  async close() {
    await this.#chromium.close();
    await rm(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  /** A page of a visitor who was never here before. Scripts run only if `javaScriptEnabled` says so. */
  async open(url, options = {}) {
    const context = await this.#chromium.newContext({
      baseURL: url,
      viewport: PHONE,
      locale: "bg-BG",
      javaScriptEnabled: false,
      reducedMotion: "reduce",
      ...options,
    });
    context.setDefaultTimeout(15_000);
    const report = (problem) => this.#problems.push(problem);
    context.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== url && !["data:", "blob:", "about:"].includes(protocol)) report(`asked ${origin}`);
    });
    context.on("response", (answer) => {
      if (answer.status() >= 400 && !answer.request().isNavigationRequest()) report(`${answer.status()} for ${answer.url()}`);
    });
    context.on("console", (message) => {
      const { url } = message.location();
      // A form with faults is answered with 422, and one that came too late with 409, which the browser reports about the
      // page itself, as it does of a page that is meant not to be there. The mailbox of the preview has no icon; every page
      // of the site names its own.
      const refused = url.includes("/staff/") && /status of (403|410)/.test(message.text());
      const expected = refused || /status of (409|422)/.test(message.text()) || url.endsWith("/unknown") || url.endsWith("/favicon.ico");
      if (message.type() === "error" && !expected) report(`console: ${message.text()} (${url})`);
    });
    context.on("weberror", (error) => report(`script: ${error.error().message}`));
    return context.newPage();
  }

  /** Fails if any page since the last time logged an error, lacked a file or asked another host. */
  assertNoProblems() {
    assert.deepEqual(this.#problems.splice(0), []);
  }
}
