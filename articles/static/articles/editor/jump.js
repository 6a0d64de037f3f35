{
    /* A link to a field or block of the editor opens what hides it and puts the cursor there. Without a script it is a
       link to its anchor like any other. */
    const FIELDS = "[contenteditable=true], input:not([type=hidden], [disabled]), textarea:not([hidden]), select";
    const BUTTONS = "button:not([data-panel-toggle], [data-streamfield-action])";

    const FRAMES = 60;

    const isSeen = (element) => element.getClientRects().length > 0;

    const showTab = (target) => {
        const tab = target.closest("[role=tabpanel]");
        if (tab?.hidden) {
            document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
        }
    };

    const open = (target) => {
        for (let panel = target.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
            const toggle = panel.querySelector("[data-panel-toggle]");
            if (toggle?.getAttribute("aria-expanded") === "false") {
                toggle.click();
            }
        }
    };

    const nextFrame = () => new Promise((done) => requestAnimationFrame(done));

    document.addEventListener("click", async (event) => {
        const link = event.target.closest("a[data-jump]");
        const target = link && document.getElementById(link.hash.slice(1));
        if (!target) {
            return;
        }
        event.preventDefault();
        showTab(target);
        open(target);
        const place = target.type === "hidden" ? target.closest("[data-contentpath], [data-panel]") : target;
        // A tab takes a moment to appear.
        for (let frames = 0; frames < FRAMES && !isSeen(place); frames++) {
            await nextFrame();
        }
        const inside = [FIELDS, BUTTONS].flatMap((which) => [...place.querySelectorAll(which)]);
        const field = place.matches(FIELDS) ? place : inside.find(isSeen);
        field?.focus({ preventScroll: true });
        // At once: a scroll on its way ends where it is when the list above comes anew.
        place.scrollIntoView({ block: "start", behavior: "instant" });
        history.replaceState(history.state, "", link.hash);
    });
}
