// A site as it is published: built, and served with the strictest policy that a host may send.

import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const CENTRE = process.env.CENTRE ?? join(REPOSITORY, "target/release/centre");
const NOW = "2026-11-23T09:00:00+02:00";
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'";
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" };

export class Built {
  #server;

  /** Builds a site of `tests/sites` and serves it. */
  static async start(site) {
    const built = new Built();
    built.root = await mkdtemp(join(tmpdir(), "centre-"));
    for (const name of ["_base", site]) {
      await cp(join(REPOSITORY, `tests/sites/${name}/content`), join(built.root, "content"), { recursive: true });
    }
    await cp(join(REPOSITORY, "themes"), join(built.root, "themes"), { recursive: true });
    await promisify(execFile)(CENTRE, ["build", "--root", built.root, "--now", NOW, "--lang", "en"]);
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

  async #answer(request, response) {
    const { pathname } = new URL(request.url, this.url);
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    try {
      const bytes = await readFile(join(this.root, "dist/site", path));
      const type = `${TYPES[extname(path)]}; charset=utf-8`;
      response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }
}
