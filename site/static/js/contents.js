// The contents list: open on wide screens; on narrow ones a bar that names the section being read, and closes by itself.
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

        const here = contents.querySelector(".contents-here");
        const links = new Map();
        for (const link of contents.querySelectorAll("a")) {
            const target = document.getElementById(link.hash.slice(1));
            if (target) links.set(target, link);
        }

        let marked;
        const mark = () => {
            const passed = [...links.keys()].filter((target) => target.getBoundingClientRect().top < innerHeight / 3);
            const current = links.get(passed.at(-1));
            if (current === marked) return;
            marked?.removeAttribute("aria-current");
            current?.setAttribute("aria-current", "true");
            here.textContent = current?.textContent ?? "";
            marked = current;
            // A list that is longer than the window follows.
            if (current && margin.matches) contents.scrollTop = current.offsetTop - contents.clientHeight / 2;
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

        const close = () => {
            if (!margin.matches) fold.open = false;
        };
        document.addEventListener("click", ({ target }) => {
            if (target.closest("a") || !contents.contains(target)) close();
        });
        contents.addEventListener("keydown", ({ key }) => {
            if (key !== "Escape" || margin.matches) return;
            close();
            fold.querySelector("summary").focus();
        });
    }
}
