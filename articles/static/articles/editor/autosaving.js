{
    /* Two things that Wagtail's autosave needs where a publication is refused. */
    const CHECK_EVERY = "500";
    let waiting = null;
    let isSent = false;

    // No autosave sets out once the form itself is sent: it would change the very text that the answer is made from,
    // and Wagtail would then take the editor for two.
    document.addEventListener("w-autosave:save", (event) => {
        // It is sent a moment later, unless it was prevented by then.
        waiting = event;
        if (isSent) {
            event.preventDefault();
        }
    });

    document.addEventListener("submit", (event) => {
        if (event.target.matches("[data-edit-form]") && !event.defaultPrevented) {
            isSent = true;
            waiting?.preventDefault();
        }
    });

    // Back from where the form led to, in a page that the browser kept.
    window.addEventListener("pageshow", () => {
        isSent = false;
    });

    // A form that came back refused is saved once, and then Wagtail looks for changes no more, nor for those that were
    // made meanwhile. Saying how often it is to look (in milliseconds; this is its own default) makes it start, and a
    // change that is announced makes it save again.
    const goOn = () => {
        const form = document.querySelector("[data-edit-form]");
        if (form?.dataset.wUnsavedForceValue !== "true") {
            return;
        }
        const start = () => {
            form.dataset.wUnsavedCheckIntervalValue = CHECK_EVERY;
            form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: {} }));
        };
        document.addEventListener("w-autosave:success", start, { once: true });
    };

    document.addEventListener("readystatechange", goOn, { once: true });
}
