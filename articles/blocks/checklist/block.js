// Keeps a reader's ticks on the device, per page and item. Nothing is sent anywhere.
"use strict";

{
    const key = `almanac:ticks:${location.pathname}`;
    const boxes = document.querySelectorAll("input[data-tick]");

    const kept = () => {
        try {
            return JSON.parse(localStorage.getItem(key)) ?? [];
        } catch {
            return []; // Storage may be switched off; the boxes still tick.
        }
    };

    const keep = () => {
        const ticked = [...boxes].filter((box) => box.checked).map((box) => box.dataset.tick);
        try {
            if (ticked.length) localStorage.setItem(key, JSON.stringify(ticked));
            else localStorage.removeItem(key);
        } catch {
            // As above.
        }
    };

    const ticked = new Set(kept());
    for (const box of boxes) {
        box.checked = ticked.has(box.dataset.tick);
        box.addEventListener("change", keep);
    }
}
