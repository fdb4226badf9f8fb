// The module in Debian's Chromium, from a server of its own: what it answers there is what it answers in Node.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { load } from "libpilot";
import { cases } from "./cases.mjs";

const PACKAGE = "build/js/node_modules/libpilot";
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html; charset=utf-8" };
const PAGE = `<!doctype html><script type="module">
    const send = (path, said) => fetch(path, { method: "POST", body: JSON.stringify(said) });
    try {
        const { load } = await import("/browser.js");
        const pilot = await load();
        const requests = await (await fetch("/requests")).json();
        await send("/answers", requests.map((request) => pilot.callText(request)));
    } catch (error) {
        await send("/answers", String(error));
    }
</script>`;

// Gives the page, the package's files and the requests; resolves to what the page posts.
function serve(requests) {
    let answered;
    const answers = new Promise((resolve) => (answered = resolve));
    const server = createServer(async (request, response) => {
        const path = new URL(request.url, "http://page").pathname;
        if (request.method === "POST") {
            const parts = await request.toArray();
            response.end();
            answered(JSON.parse(Buffer.concat(parts).toString()));
        } else if (path === "/") {
            response.setHeader("content-type", TYPES[".html"]).end(PAGE);
        } else if (path === "/requests") {
            response.end(JSON.stringify(requests));
        } else {
            const file = basename(path);
            const bytes = await readFile(join(PACKAGE, file)).catch(() => null);
            response.statusCode = bytes ? 200 : 404;
            response.setHeader("content-type", TYPES[file.slice(file.lastIndexOf("."))] || "text/plain").end(bytes || "");
        }
    });
    return { server, answers };
}

test("Chromium gives Node's bytes", { timeout: 120_000 }, async (t) => {
    const requests = cases.map(({ request }) => request);
    const { server, answers } = serve(requests);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const profile = await mkdtemp(join(tmpdir(), "pilot-chromium-"));
    // Root in a container has no sandbox of its own.
    const browser = spawn("chromium", [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", `--user-data-dir=${profile}`,
        `http://127.0.0.1:${server.address().port}/`,
    ], { stdio: "ignore" });
    const gone = once(browser, "exit").then(([status]) => `chromium ended with ${status}`);
    t.after(async () => {
        browser.kill();
        await gone;
        server.close();
        server.closeAllConnections();
        await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    });
    const told = await Promise.race([answers, gone]);
    const pilot = await load();
    assert.deepEqual(told, requests.map((request) => pilot.callText(request)));
});
