// Signing in to the editor's page. With GitHub all the way: the real editor, the real program for one machine, and a small server that
// plays GitHub. With GitLab and Gitea as far as the browser goes by itself.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { Browser } from "./browser.mjs";
import { Preview } from "./preview.mjs";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const CENTRE = process.env.CENTRE ?? join(REPOSITORY, "target/release/centre");
const FORM_SERVER = process.env.FORM_SERVER_BIN ?? join(REPOSITORY, "target/debug/form-server");
const TOKEN = "gho_16C7e42F292c6912E7710c838347Ae178B4a";

let browser;
before(async () => (browser = await Browser.launch()));
after(() => browser?.close());

/** Leaves in the settings of a site only this editor. */
async function withAdmin(path, admin) {
  const settings = await readFile(path, "utf8");
  await writeFile(path, `${settings.replace(/^admin:.*$/m, "")}\nadmin: ${admin}\n`);
}

/** A port that is free at this moment. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** GitHub: whoever is asked says `consent`, and the token is for who knows the secret. */
async function forge(consent) {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://forge");
    if (pathname === "/login/oauth/authorize") {
      const location = `${searchParams.get("redirect_uri")}?${consent()}&state=${searchParams.get("state")}`;
      response.writeHead(302, { location }).end();
      return;
    }
    let body = "";
    for await (const chunk of request) body += chunk;
    const known = new URLSearchParams(body).get("client_secret") === "hush" && pathname === "/login/oauth/access_token";
    const answer = known ? { access_token: TOKEN, token_type: "bearer" } : { error: "incorrect_client_credentials" };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** The site with its program, until the test has ended. */
async function site(t, forge) {
  const root = await mkdtemp(join(tmpdir(), "centre-"));
  t.after(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));
  for (const folder of ["content", "themes"]) await cp(join(REPOSITORY, folder), join(root, folder), { recursive: true });
  await withAdmin(join(root, "content/site.yaml"), "{ backend: github, repository: obshtina/sayt }");
  const url = `http://127.0.0.1:${await freePort()}`;
  const options = ["--root", root, "--now", "2026-11-23T09:00:00+02:00", "--no-compress", "--base-url", url];
  await promisify(execFile)(CENTRE, ["build", ...options]);
  const server = spawn(FORM_SERVER, [], {
    env: {
      FORMS_BUNDLE: join(root, "dist/forms"),
      SITE_DIR: join(root, "dist/site"),
      DATA_DIR: join(root, "data"),
      MAIL_TRANSPORT: `file:${join(root, "mail")}`,
      PUBLIC_URL: url,
      LISTEN: url.slice("http://".length),
      EDITOR_OAUTH_CLIENT_ID: "client",
      EDITOR_OAUTH_CLIENT_SECRET: "hush",
      EDITOR_OAUTH_URL: `http://127.0.0.1:${forge.address().port}`,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  t.after(async () => {
    if (server.exitCode === null && server.kill("SIGKILL")) await once(server, "close");
  });
  let log = "";
  const said = new Promise((resolve, reject) => {
    const read = (text) => {
      log += text;
      if (log.includes("listening address=")) resolve();
    };
    for (const stream of [server.stdout, server.stderr]) stream.setEncoding("utf8").on("data", read);
    server.on("error", reject).on("exit", () => reject(new Error(log)));
  });
  await said;
  return { url, log: () => log };
}

test("with GitHub the editor gets its token through the window that it opened, and the log does not", async (t) => {
  let consent = "code=good";
  const github = await forge(() => consent);
  t.after(() => github.close());
  const { url, log } = await site(t, github);
  const page = await browser.open(url, { javaScriptEnabled: true });
  const asked = [];
  await page.context().route(
    ({ hostname }) => hostname === "api.github.com",
    (route) => {
      asked.push(route.request().url());
      return route.fulfill({ status: 404, body: "{}", headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "*" } });
    },
  );
  await page.goto("/admin/");
  const begin = async () => {
    const [popup] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button", { name: /^Вход с .?GitHub/ }).click()]);
    return popup;
  };

  consent = "error=access_denied";
  const declined = await begin();
  await declined.getByRole("heading", { level: 1, name: "Отказахте входа" }).waitFor();
  assert.deepEqual(asked, []);
  // Whoever thinks better of it goes on in the same window.
  consent = "code=good";
  await Promise.all([
    page.waitForRequest((request) => request.headers().authorization === `token ${TOKEN}`),
    declined.waitForEvent("close"),
    declined.getByRole("link", { name: "Опитайте отново" }).click(),
  ]);
  assert.doesNotMatch(log(), new RegExp(`${TOKEN}|hush|code=good`));
  await page.context().close();
});

for (const [admin, name, begins] of [
  ["{ backend: gitlab, repository: obshtina/web/sayt, app_id: abc }", "GitLab", "https://gitlab.com/oauth/authorize"],
  ["{ backend: gitea, repository: obshtina/sayt, base_url: https://git.example.org, app_id: abc }", "Gitea / Forgejo", "https://git.example.org/login/oauth/authorize"],
]) {
  test(`${name} needs no secret, and the editor finds nothing wrong in its settings`, async (t) => {
    const preview = await Preview.start(undefined, ({ root }) => withAdmin(join(root, "content/site.yaml"), admin));
    t.after(() => preview.stop());
    const page = await browser.open(preview.url, { javaScriptEnabled: true });
    let asked;
    await page.context().route(
      ({ origin, protocol }) => origin !== preview.url && protocol.startsWith("http"),
      (route) => {
        asked = new URL(route.request().url());
        return route.fulfill({ status: 200, contentType: "text/html", body: "<title>forge</title>" });
      },
    );
    await page.goto("/admin/");
    // With a fault in its settings the editor shows that instead of any button.
    const [popup] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button", { name: new RegExp(`^Вход с .?${name}`) }).click()]);
    await popup.waitForURL(`${begins}?**`);
    assert.equal(asked.searchParams.get("code_challenge_method"), "S256");
    assert.equal(asked.searchParams.get("client_id"), "abc");
    assert.equal(asked.searchParams.get("redirect_uri"), `${preview.url}/admin/`);
    await page.context().close();
  });
}
