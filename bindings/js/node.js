import { readFile } from "node:fs/promises";
import { instantiate } from "./core.js";

export * from "./core.js";

/**
 * Makes an engine of the package's own `pilot.wasm`, or of another file.
 * @param {URL | string} [source]
 */
export async function load(source = new URL("pilot.wasm", import.meta.url)) {
    return instantiate(await readFile(source));
}
