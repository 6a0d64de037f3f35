// Solves a proof of work, as a worker: takes a challenge in ALTCHA v2's format (described in ratings/proof.py), answers
// { payload } for the form, or { error }, upon which the form is sent without.
"use strict";

// Enough at once to keep every core busy; what a larger batch derives beyond the solution is for nothing.
const AT_ONCE = 2 * Math.min(navigator.hardwareConcurrency || 1, 4);
const PATIENCE = 30_000; // milliseconds

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hexOf = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

// Returns a function from a counter to the key derived from it, in hexadecimal.
const deriverOf = ({ nonce, salt, cost, keyLength }) => {
    const password = new Uint8Array([...bytesOf(nonce), 0, 0, 0, 0]);
    const place = new DataView(password.buffer, password.length - 4);
    const method = { name: "PBKDF2", hash: "SHA-256", salt: bytesOf(salt), iterations: cost };

    return async (counter) => {
        place.setUint32(0, counter); // importKey copies the password before it returns
        const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
        return hexOf(await crypto.subtle.deriveBits(method, key, keyLength * 8));
    };
};

const solve = async (parameters) => {
    const derive = deriverOf(parameters);
    const start = performance.now();
    for (let first = 0; performance.now() - start < PATIENCE; first += AT_ONCE) {
        const keys = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => derive(first + index)));
        const index = keys.findIndex((key) => key.startsWith(parameters.keyPrefix));
        if (index >= 0) return { counter: first + index, derivedKey: keys[index] };
    }
    throw new Error("no solution in time");
};

onmessage = async ({ data: challenge }) => {
    try {
        // Browsers offer cryptography to secure pages only: https, or localhost.
        if (!crypto.subtle) throw new Error("no cryptography on an insecure page");
        if (challenge.parameters.algorithm !== "PBKDF2/SHA-256") throw new Error("another algorithm");
        const solution = await solve(challenge.parameters);
        postMessage({ payload: btoa(JSON.stringify({ challenge, solution })) });
    } catch (error) {
        postMessage({ error: error.message });
    }
};
