// The package as npm packs it and installs it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { parse } from "acorn";
import { load } from "libpilot";

const PACKAGE = "build/js/node_modules/libpilot";
const GZIPPED_MOST = 200 * 1024; // of all that a page loads
const described = JSON.parse(await readFile(`${PACKAGE}/package.json`, "utf8"));
const wasm = await readFile(`${PACKAGE}/pilot.wasm`);

test("what a page loads is small", async (t) => {
    let raw = 0;
    let packed = 0;
    for (const file of ["browser.js", "core.js", "pilot.wasm"]) {
        const bytes = await readFile(`${PACKAGE}/${file}`);
        raw += bytes.length;
        packed += gzipSync(bytes, { level: 9 }).length;
    }
    t.diagnostic(`${Math.ceil(raw / 1024)} KiB, ${Math.ceil(packed / 1024)} KiB gzipped`);
    assert.ok(packed <= GZIPPED_MOST, `${packed} bytes gzipped`);
});

test("it has its version, its types, and the licences of what is in pilot.wasm", async () => {
    const pilot = await load();
    assert.equal(pilot.call({ call: "version" }).version, described.version);
    const files = await readdir(PACKAGE);
    for (const file of ["LICENSE", "LICENSE.cJSON", "LICENSE.musl", "LICENSE.wasi-libc", "LICENSE.zig", "README.md"]) {
        assert.ok(files.includes(file), file);
        assert.match(await readFile(`${PACKAGE}/${file}`, "utf8"), /\S/);
    }
    const { components } = JSON.parse(await readFile(`${PACKAGE}/sbom.cdx.json`, "utf8"));
    assert.deepEqual(components.map((part) => part.name).sort(), ["cjson", "compiler_rt", "musl", "wasi-libc"]);
    for (const entry of ["core", "node", "browser"]) assert.ok(files.includes(`${entry}.d.ts`), entry);
    assert.deepEqual(Object.keys(described).filter((key) => /dependencies|scripts/i.test(key)), []);
});

test("what is fetched for the tests has no address of its own", async () => {
    const lock = await readFile("tests/js/package-lock.json", "utf8");
    assert.match(lock, /"integrity": "sha512-/);
    assert.doesNotMatch(lock, /"resolved"/);
});

test("a program finds each entry by its name", async () => {
    const program = `
        import { load, instantiate } from "libpilot";
        import * as core from "libpilot/core";
        import { readFileSync } from "node:fs";
        import { createRequire } from "node:module";
        const bytes = readFileSync(createRequire(process.cwd() + "/").resolve("libpilot/pilot.wasm"));
        console.log(core.instantiate === instantiate, (await load()).callText("") === (await instantiate(bytes)).callText(""));`;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], { cwd: "build/js" });
    assert.equal(stdout, "true true\n");
});

test("the engine asks nothing of its host and shows what exports.txt lists", async () => {
    const module = await WebAssembly.compile(wasm);
    assert.deepEqual(WebAssembly.Module.imports(module), []);
    const listed = (await readFile("bindings/js/exports.txt", "utf8")).trim().split("\n");
    const shown = WebAssembly.Module.exports(module).map(({ name }) => name);
    assert.deepEqual(shown.sort(), [...listed, "_initialize", "memory"].sort());
});

test("the core is ES2017, for a page of one file", async () => {
    const core = await readFile(`${PACKAGE}/core.js`, "utf8");
    parse(core, { ecmaVersion: 2017, sourceType: "module" });
    assert.doesNotMatch(core, /\bimport\b(?!\("\.\/calls\.js"\))/);
});
