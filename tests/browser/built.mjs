// A site as it is published: built, and served under the policy that it asks its host for.

import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const CENTRE = process.env.CENTRE ?? join(REPOSITORY, "target/release/centre");
const NOW = "2026-11-23T09:00:00+02:00";
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

export class Built {
  #server;
  #forGood;

  /** Builds the real site, or one of `tests/sites` on top of `_base`, and serves it. `prepare` may change the copy before. */
  static async start(site, prepare) {
    const built = new Built();
    built.root = await mkdtemp(join(tmpdir(), "centre-"));
    const contents = site ? ["_base", site].map((name) => `tests/sites/${name}/content`) : ["content"];
    for (const content of contents) {
      await cp(join(REPOSITORY, content), join(built.root, "content"), { recursive: true });
    }
    await cp(join(REPOSITORY, "themes"), join(built.root, "themes"), { recursive: true });
    await prepare?.(built.root);
    await promisify(execFile)(CENTRE, ["build", "--root", built.root, "--now", NOW, "--lang", "en"]);
    const headers = await readFile(join(built.folder, "_headers"), "utf8");
    built.origin = (await readFile(join(built.folder, "robots.txt"), "utf8")).match(/Sitemap: (https?:\/\/[^/]+)/)[1];
    built.policy = headers.match(/content-security-policy: (.*)/i)[1];
    built.#forGood = headers.match(/^\/assets\/\*\n\s+cache-control: (.*)/m)[1];
    built.#server = createServer((request, response) => built.#answer(request, response));
    await new Promise((resolve) => built.#server.listen(0, "127.0.0.1", resolve));
    built.url = `http://127.0.0.1:${built.#server.address().port}`;
    return built;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.root, { recursive: true, force: true });
  }

  /** The folder of the published files. */
  get folder() {
    return join(this.root, "dist/site");
  }

  /** The addresses of all pages, sorted. */
  async addresses() {
    const files = await readdir(this.folder, { recursive: true });
    // The editor's page is a program of its own.
    const pages = files.filter((file) => file.endsWith(".html") && !file.startsWith("admin/")).sort();
    return pages.map((file) => `/${file.replace(/(^|\/)index\.html$/, "$1")}`);
  }

  /** The addresses of what programs read: feeds, calendars, the sitemap. */
  async texts() {
    const files = await readdir(this.folder, { recursive: true });
    return files.filter((file) => /\.(xml|ics)$|(^|\/)feed\.json$|^robots\.txt$/.test(file)).sort().map((file) => `/${file}`);
  }

  /** The text of a page. */
  read(address) {
    return readFile(join(this.folder, file(address)), "utf8");
  }

  /** What a visitor loads for an address, in bytes: the compressed form where there is one. */
  async weight(address) {
    const path = join(this.folder, file(address));
    const sizes = [`${path}.br`, path].map((name) => stat(name).then(({ size }) => size, () => undefined));
    return (await Promise.all(sizes)).find((size) => size !== undefined);
  }

  async #answer(request, response) {
    const { pathname } = new URL(request.url, this.url);
    if (pathname.startsWith("/forms/")) {
      // The form function is not there, and has nothing to say.
      response.writeHead(204).end();
      return;
    }
    try {
      const path = file(pathname);
      const headers = { "content-type": TYPES[extname(path)] ?? "application/octet-stream", "content-security-policy": this.policy };
      if (pathname.startsWith("/assets/")) headers["cache-control"] = this.#forGood;
      const { bytes, coding } = await this.#bytes(path, request.headers["accept-encoding"] ?? "");
      if (coding) Object.assign(headers, { "content-encoding": coding, vary: "accept-encoding" });
      response.writeHead(200, headers).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }

  /** A file in the smallest form that the browser takes. */
  async #bytes(path, accepted) {
    for (const [coding, ending] of [["br", ".br"], ["gzip", ".gz"]]) {
      const bytes = accepted.includes(coding) && (await readFile(join(this.folder, path + ending)).catch(() => undefined));
      if (bytes) return { bytes, coding };
    }
    return { bytes: await readFile(join(this.folder, path)) };
  }
}

function file(address) {
  return address.endsWith("/") ? `${address}index.html` : address;
}
