{
    /* The review of an import by keyboard. What is pressed are buttons and links of the page, which all work without
       this script; Wagtail's own switch turns the keys off. */
    const config = JSON.parse(document.getElementById("wagtail-config").textContent);
    const rows = [...document.querySelectorAll("[data-block], [data-part]")];
    const current = () => document.activeElement?.closest("[data-block], [data-part]");

    const show = (row) => {
        row.focus({ preventScroll: true });
        row.scrollIntoView({ block: "nearest" });
    };

    const step = (by) => {
        const at = rows.indexOf(current());
        const row = rows[at < 0 ? 0 : at + by];
        if (row) {
            show(row);
        }
    };

    const press = (key) => {
        const place = current() ?? document;
        const option = current()?.querySelector(`option[data-key="${CSS.escape(key)}"]`);
        const button = place.querySelector(`:is(button, a)[data-key="${CSS.escape(key)}"]`);
        const general = document.querySelector(`[data-review] > form.import-details [data-key="${CSS.escape(key)}"]`);
        if (option) {
            option.selected = true;
            option.closest("form").querySelector("[data-as]").click();
            return true;
        }
        const found = current() ? (button ?? general) : general;
        found?.click();
        return Boolean(found);
    };

    let sent = false; // A second key would mean lines that are about to change.
    document.addEventListener("submit", () => {
        sent = true;
        sessionStorage.setItem("reviewed", `${location.pathname}#${current()?.id ?? ""}`);
    });
    addEventListener("pageshow", () => (sent = false));

    const pressed = (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || sent) {
            return;
        }
        if (document.querySelector("dialog[open], .w-dialog:not([aria-hidden])")) {
            return;
        }
        if (event.target.closest("input, textarea, select, [contenteditable]")) {
            return;
        }
        const steps = { j: 1, J: -1, ArrowDown: 1, ArrowUp: -1 };
        const isArrow = event.key.startsWith("Arrow");
        if (event.key in steps && (!isArrow || current())) {
            event.preventDefault();
            step(steps[event.key]);
        } else if (!event.repeat && press(event.key)) {
            event.preventDefault();
        }
    };
    if (config.KEYBOARD_SHORTCUTS_ENABLED) {
        document.addEventListener("keydown", pressed);
    }

    // Wagtail's dialog of shortcuts gets ours on top.
    document.addEventListener("w-dialog:shown", ({ target }) => {
        const ours = document.getElementById("review-keys");
        if (target.id === "keyboard-shortcuts-dialog" && ours && !target.querySelector("[data-review-keys]")) {
            const body = ours.content.firstElementChild.cloneNode(true);
            body.dataset.reviewKeys = "";
            target.querySelector("thead").after(body);
        }
    });

    // A decision comes back to the block that it was about; taking one back, to where the editor was.
    const [path, id] = (sessionStorage.getItem("reviewed") ?? "").split("#");
    const place = document.getElementById(location.hash.slice(1) || (path === location.pathname && id));
    if (place?.matches("[data-block], [data-part]")) {
        show(place);
    }
}
