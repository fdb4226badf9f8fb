// The shared cases, to the byte, and what a program makes of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PilotError, load } from "libpilot";
import { cases } from "./cases.mjs";

const pilot = await load();

// As a program asks, where its JSON is the case's: that has neither a key twice nor bad syntax.
function asValue(request) {
    try {
        const value = JSON.parse(request);
        return JSON.stringify(value) === request ? value : undefined;
    } catch {
        return undefined;
    }
}

test("there are cases of every call, and of refusals", () => {
    const asked = new Set(cases.map(({ request }) => asValue(request)?.call));
    const names = pilot.call({ call: "calls" }).calls.map(({ name }) => name);
    assert.deepEqual(names.filter((name) => !asked.has(name)), []);
    assert.ok(cases.some(({ response }) => JSON.parse(response).problems));
});

for (const { request, response } of cases) {
    test(request.slice(0, 100), () => {
        assert.equal(pilot.callText(request), response);
        const value = asValue(request);
        if (value === undefined) return;
        const { result, problems, problem_count: problemCount, status } = JSON.parse(response);
        if (!problems) {
            assert.deepEqual(pilot.call(value), result);
            return;
        }
        const { path, line = 0, column = 0, value: found, zh, en } = problems[0];
        assert.throws(() => pilot.call(value), (error) => {
            assert.ok(error instanceof PilotError && error instanceof Error);
            const said = { status, problems, problemCount, path, line, column, value: found, zh, en };
            assert.deepEqual({ ...error }, { ...said, name: "PilotError" });
            assert.equal(error.message, path ? `${path}: ${en}` : en);
            return true;
        });
    });
}
