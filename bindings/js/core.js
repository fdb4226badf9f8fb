/**
 * libpilot's engine around bytes that the caller has: no file, address, clock or global, and ES2017's syntax, for a page
 * of one file.
 */

/** @typedef {import("./calls.js").Calls} Calls */

/**
 * What is wrong with a request: one value of it.
 * @typedef {object} Problem
 * @property {string} status what kind of problem it is, one of the library's statuses: `"range"`
 * @property {string} path where, as a JSON pointer into the request: `"/claim/first"`; `""` is the whole
 * @property {number} [line] of the request's text, from 1
 * @property {number} [column] in bytes, from 1
 * @property {string} value what was found there, as written; `""` where that says nothing
 * @property {string} zh one sentence in Chinese, without the place
 * @property {string} en the same in English
 */

/** A request that was refused. It has all its problems; its message is the first, with the place. */
export class PilotError extends Error {
    /**
     * @param {string} status
     * @param {ReadonlyArray<Problem>} problems at least one
     * @param {number} [count]
     */
    constructor(status, problems, count) {
        const first = problems[0];
        super(first.path ? `${first.path}: ${first.en}` : first.en);
        this.name = "PilotError";
        /** Of the first problem; `"trap"` where the engine broke off, which is never the request's fault. */
        this.status = status;
        /** In the order of the request's text, 200 at most. */
        this.problems = problems;
        /** How many there are. */
        this.problemCount = count === undefined ? problems.length : count;
        this.path = first.path;
        this.line = first.line || 0;
        this.column = first.column || 0;
        this.value = first.value;
        this.zh = first.zh;
        this.en = first.en;
    }
}

/**
 * @typedef {object} Pilot One engine. A call leaves nothing behind but memory that later calls use again.
 * @property {<Name extends keyof Calls>(request: {call: Name} & Calls[Name]["request"]) => Calls[Name]["result"]} call
 *     Carries a request out and gives its result. Throws a PilotError where it is refused, and a TypeError where it
 *     is nothing that JSON can say: a NaN would be read as a null, which is "not known".
 * @property {(request: string) => string} callText The same from text to text, as C has it to the byte; a refusal is
 *     a response as well. Throws a PilotError where there is none: no memory, or a trap.
 */

const POINTER = 4; // bytes, in wasm32
const OK = 0;
const MEMORY = 1;
const ENGLISH = 0;
const CHINESE = 1;
// In a pattern of code points a surrogate is one that has no other half.
const HALF_A_PAIR = /[\uD800-\uDFFF]/u;

/** @type {(key: string, value: unknown) => unknown} */
function sayable(key, value) {
    if (typeof value === "number" && !Number.isFinite(value)) {
        throw new TypeError(`"${key}" is ${value}, which JSON cannot say`);
    }
    return value;
}

/**
 * @param {string} status
 * @param {string} zh
 * @param {string} en
 */
function failed(status, zh, en) {
    return new PilotError(status, [{ status, path: "", value: "", zh, en }]);
}

/** @param {WebAssembly.Instance} instance */
function begun(instance) {
    const engine = /** @type {any} */ (instance.exports);
    engine._initialize();
    return engine;
}

/**
 * Makes an engine of the bytes of `pilot.wasm`, or of what was compiled from them; any number may be made of one module.
 * @param {ArrayBuffer | ArrayBufferView<ArrayBuffer> | WebAssembly.Module} source
 * @returns {Promise<Pilot>}
 */
export async function instantiate(source) {
    const module = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source);
    const encoder = new TextEncoder();
    const decoder = new TextDecoder();
    /** @type {any} The exports of an instance; null where a trap has left none of use. */
    let engine = begun(await WebAssembly.instantiate(module));

    /** @type {(at: number) => string} */
    function textAt(at) {
        const bytes = new Uint8Array(engine.memory.buffer);
        return decoder.decode(bytes.subarray(at, bytes.indexOf(0, at)));
    }

    /**
     * The response, or the status that there is instead of one.
     * @type {(request: Uint8Array) => string | number}
     */
    function exchange(request) {
        // One block: where the response is told, and the request behind it.
        const block = engine.malloc(POINTER + request.length);
        if (!block) return MEMORY;
        new Uint8Array(engine.memory.buffer).set(request, block + POINTER);
        const status = engine.pilot_call(block + POINTER, request.length, block);
        if (status !== OK) {
            engine.free(block);
            return status;
        }
        // The memory may have grown meanwhile: views made before the call are gone.
        const response = new DataView(engine.memory.buffer).getUint32(block, true);
        const text = textAt(response);
        engine.pilot_text_free(response);
        engine.free(block);
        return text;
    }

    /** @type {Pilot["callText"]} */
    function callText(request) {
        const half = request.search(HALF_A_PAIR);
        if (half >= 0) throw new TypeError(`the request has half a character at ${half}, which UTF-8 cannot say`);
        const bytes = encoder.encode(request);
        if (!engine) engine = begun(new WebAssembly.Instance(module));
        let response;
        try {
            response = exchange(bytes);
        } catch (error) {
            engine = null;
            throw failed("trap", `引擎在本次调用中异常中止：${error}`, `the engine broke off in this call: ${error}`);
        }
        if (typeof response === "string") return response;
        throw failed(
            textAt(engine.pilot_status_name(response)),
            textAt(engine.pilot_status_text(response, CHINESE)),
            textAt(engine.pilot_status_text(response, ENGLISH)),
        );
    }

    /** @type {Pilot["call"]} */
    function call(request) {
        const response = JSON.parse(callText(JSON.stringify(request, sayable)));
        if (response.problems) throw new PilotError(response.status, response.problems, response.problem_count);
        return response.result;
    }

    return Object.freeze({ call, callText });
}
