// The contents list: open on wide screens, and marking the section that is being read.
"use strict";

{
    const contents = document.querySelector(".contents");
    const fold = contents?.querySelector("details");
    const margin = matchMedia("(width >= 62rem)");
    const follow = () => {
        fold.open = margin.matches;
    };

    if (fold) {
        follow();
        margin.addEventListener("change", follow);

        const links = new Map();
        for (const link of contents.querySelectorAll("a")) {
            const target = document.getElementById(link.hash.slice(1));
            if (target) links.set(target, link);
        }

        const mark = () => {
            const passed = [...links.keys()].filter((target) => target.getBoundingClientRect().top < innerHeight / 3);
            const current = links.get(passed.at(-1));
            for (const link of links.values()) {
                if (link === current) link.setAttribute("aria-current", "true");
                else link.removeAttribute("aria-current");
            }
        };

        let waiting = false;
        addEventListener(
            "scroll",
            () => {
                if (waiting) return;
                waiting = true;
                requestAnimationFrame(() => {
                    waiting = false;
                    mark();
                });
            },
            { passive: true },
        );
        mark();
    }
}
