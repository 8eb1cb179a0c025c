// The preview server over a copy of the real content, or of a site in `tests/sites`, so that a test may change it and the
// data folder is its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const CENTRE = process.env.CENTRE ?? join(REPOSITORY, "target/release/centre");

/** The moment at which the tests take place: the sample events of 2027 are to come. */
const NOW = "2026-11-23T09:00:00+02:00";
const PATIENCE = 30_000;

export class Preview {
  #server;

  /**
   * Starts the server and waits until it says where it listens. A site in `tests/sites` lies on top of `_base`; `prepare`
   * may change the copy before it is read.
   */
  static async start(site, prepare) {
    const preview = new Preview();
    preview.root = await mkdtemp(join(tmpdir(), "centre-"));
    const contents = site ? ["_base", site].map((name) => `tests/sites/${name}/content`) : ["content"];
    for (const content of contents) {
      await cp(join(REPOSITORY, content), join(preview.root, "content"), { recursive: true });
    }
    await cp(join(REPOSITORY, "themes"), join(preview.root, "themes"), { recursive: true });
    await prepare?.(preview);
    const options = ["--root", preview.root, "--now", NOW, "--lang", "en", "--listen", "127.0.0.1:0"];
    preview.#server = spawn(CENTRE, ["serve", ...options], { stdio: ["ignore", "ignore", "pipe"] });
    preview.url = await address(preview.#server);
    return preview;
  }

  async stop() {
    if (this.#server.exitCode === null && this.#server.kill("SIGKILL")) await once(this.#server, "close");
    await rm(this.root, { recursive: true, force: true });
  }

  /** What the function says about the places of an activity. */
  async availability(activity) {
    const answer = await fetch(`${this.url}/forms/${activity}/availability`);
    return answer.json();
  }

  read(path) {
    return readFile(join(this.root, path), "utf8");
  }

  write(path, text) {
    return writeFile(join(this.root, path), text);
  }
}

function address(server) {
  return new Promise((resolve, reject) => {
    let said = "";
    const give_up = (reason) => reject(new Error(`centre serve: ${reason}\n${said}`));
    const patience = setTimeout(() => give_up("no address in time"), PATIENCE);
    server.on("error", (error) => give_up(error.message));
    server.on("exit", (status) => give_up(`ended with status ${status}`));
    server.stderr.setEncoding("utf8").on("data", (text) => {
      said += text;
      const found = said.match(/^(http:\/\/127\.0\.0\.1:\d+)\/$/m);
      if (found) {
        clearTimeout(patience);
        resolve(found[1]);
      }
    });
  });
}
