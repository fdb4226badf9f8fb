// What the module does beside the library: memory, traps, what JSON cannot say. The engine is tests/js/engine.c.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { PilotError, instantiate } from "libpilot";

const bytes = await readFile("build/js/engine.wasm");
const MEMORY_MOST = 2 ** 24; // bytes, as build.mk has it

test("texts go in and come out whole", async () => {
    const pilot = await instantiate(bytes);
    for (const [at, text] of ["", "a", "南昌🏘", "\ufeff", '{"x-":"\\ud800"}'].entries()) {
        assert.equal(pilot.callText(text), `${at + 1} ${text}`);
    }
});

test("what a call takes is given back, and a view is not used once the memory has grown", async () => {
    const pilot = await instantiate(bytes);
    const text = "x".repeat(2 ** 20);
    const refused = "?".repeat(text.length);
    for (let told = 1; told <= MEMORY_MOST / text.length + 1; told++) {
        assert.throws(() => pilot.callText(refused), { status: "memory" });
        assert.equal(pilot.callText(text).length, text.length + `${told} `.length);
    }
});

test("no memory is an error, and the next call is answered", async () => {
    const pilot = await instantiate(bytes);
    const said = { status: "memory", path: "", line: 0, column: 0, value: "", zh: "没有内存", en: "no memory" };
    assert.throws(() => pilot.callText("?"), { name: "PilotError", message: said.en, problemCount: 1, ...said });
    assert.throws(() => pilot.callText("x".repeat(MEMORY_MOST)), { status: "memory" });
    assert.equal(pilot.callText("a"), "1 a");
});

test("after a trap calls are answered by an engine begun anew", async () => {
    for (const source of [bytes, await WebAssembly.compile(bytes)]) {
        const pilot = await instantiate(source);
        assert.equal(pilot.callText("a"), "1 a");
        assert.equal(pilot.callText("a"), "2 a");
        for (const [request, said] of [["!", /unreachable/], ["^", /out of bounds|stack/]]) {
            assert.throws(
                () => pilot.callText(request),
                (error) => error instanceof PilotError && error.status === "trap" && said.test(error.message) &&
                    error.problemCount === 1 && error.problems[0].zh.startsWith("引擎"),
            );
            assert.equal(pilot.callText("a"), "1 a");
        }
    }
});

test("engines of one module share nothing", async () => {
    const module = await WebAssembly.compile(bytes);
    const [first, second] = await Promise.all([instantiate(module), instantiate(module)]);
    assert.equal(first.callText("a"), "1 a");
    assert.equal(second.callText("a"), "1 a");
});

test("what UTF-8 or JSON cannot say is refused and not changed", async () => {
    const pilot = await instantiate(bytes);
    assert.throws(() => pilot.callText("南\udc00"), /half a character at 1/);
    for (const number of [NaN, Infinity, -Infinity]) {
        assert.throws(() => pilot.call({ call: "award", claim: { households: number } }), {
            name: "TypeError",
            message: new RegExp(`"households" is ${number}`),
        });
    }
    assert.throws(() => pilot.call({ call: "award", claim: { households: 1n } }), TypeError);
    assert.equal(pilot.callText("a"), "1 a");
});
