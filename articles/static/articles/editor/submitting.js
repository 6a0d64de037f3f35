{
    /* No autosave sets out once the form itself is sent: it would change the very text that the answer is made from,
       and Wagtail would then take the editor for two. */
    let waiting = null;

    document.addEventListener("w-autosave:save", (event) => {
        // It is sent a moment later, unless it was prevented by then.
        waiting = event;
    });

    document.addEventListener("submit", (event) => {
        if (event.target.matches("[data-edit-form]")) {
            waiting?.preventDefault();
        }
    });
}
