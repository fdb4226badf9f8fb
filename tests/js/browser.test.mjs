// The module in Debian's Chromium, from a server of its own: what it answers there is what it answers in Node.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { load } from "libpilot";
import { cases } from "./cases.mjs";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html; charset=utf-8" };
const REQUESTS = cases.map(({ request }) => request);
// What a page says is in its output. It is posted once it is there.
const TOLD = `<script type="module">
    const output = document.querySelector("output");
    const watch = () => output.textContent ? fetch("/told", { method: "POST", body: output.textContent }) : setTimeout(watch, 20);
    watch();
</script>`;
const program = (body) => `<!doctype html><output></output><script type="module">
    import { load } from "./node_modules/libpilot/browser.js";
    document.querySelector("output").textContent = ${body};
</script>`;
const FILES = {
    "/requests": JSON.stringify(REQUESTS),
    "/cases.html": program(`await load().then(async (pilot) => {
        const requests = await (await fetch("/requests")).json();
        return JSON.stringify(requests.map((request) => pilot.callText(request)));
    }).catch(String)`),
    "/none.html": program(`await load("none.wasm").catch(String)`),
    "/page.html": await readFile("examples/js/page.html", "utf8"),
};

let told;
const server = createServer(async (request, response) => {
    const { url, method } = request;
    if (method === "POST") {
        let text = "";
        for await (const part of request.setEncoding("utf8")) text += part;
        response.end();
        told(text);
        return;
    }
    const inPackage = url.startsWith("/node_modules/libpilot/") && !url.includes("..");
    const file = FILES[url] || (inPackage && (await readFile(join("build/js", url)).catch(() => null)));
    response.writeHead(file ? 200 : 404, { "content-type": TYPES[extname(url)] || "text/plain" });
    response.end(url.endsWith(".html") ? file + TOLD : file || "");
});
let profile;
before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    profile = await mkdtemp(join(tmpdir(), "pilot-chromium-"));
});
after(async () => {
    server.close();
    server.closeAllConnections();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function opened(page) {
    const answer = new Promise((resolve) => (told = resolve));
    // Root in a container has no sandbox of its own.
    const words = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", `--user-data-dir=${profile}`];
    const browser = spawn("chromium", [...words, `http://127.0.0.1:${server.address().port}/${page}`], { stdio: "ignore" });
    const gone = once(browser, "exit").then((how) => `chromium ended: ${how}`);
    try {
        return await Promise.race([answer, gone]);
    } finally {
        browser.kill();
        await gone;
    }
}

const LIMIT = { timeout: 120_000 };

test("Chromium gives Node's bytes", LIMIT, async () => {
    const pilot = await load();
    const answers = JSON.parse(await opened("cases.html"));
    assert.equal(answers.length, REQUESTS.length);
    for (const [at, request] of REQUESTS.entries()) assert.equal(answers[at], pilot.callText(request));
});

test("an engine that is not there is told with its address", LIMIT, async () => {
    assert.equal(await opened("none.html"), "Error: none.wasm: 404 Not Found");
});

// 956 households at 18 yuan in twelve months, halved (4.4.1-4, 4.4.1-8).
test("page.html", LIMIT, async () => {
    assert.equal(await opened("page.html"), "应付206496.00元，其中市级103248.00元，城区103248.00元");
});
