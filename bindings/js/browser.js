import { instantiate } from "./core.js";

export * from "./core.js";

/**
 * Makes an engine of the `pilot.wasm` beside this module, or of another address. Throws an Error where it is not there.
 * @param {URL | string} [source]
 */
export async function load(source = new URL("pilot.wasm", import.meta.url)) {
    const response = await fetch(source);
    if (!response.ok) throw new Error(`${source}: ${response.status} ${response.statusText}`);
    return instantiate(await response.arrayBuffer());
}
