{
    /* Shows how far an import is without a new page. Without a script the page comes anew by itself. */
    const EVERY = 2000; // milliseconds

    const here = () => document.querySelector("[data-import]");

    const lookAgain = async () => {
        if (!here()?.hasAttribute("data-running")) {
            return;
        }
        const isInUse = here().contains(document.activeElement) || document.hidden;
        if (!isInUse) {
            const answer = await fetch(location.href).catch(() => null);
            if (answer?.redirected) {
                location.reload();
                return;
            }
            const found = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
            const next = found && found.querySelector("[data-import]");
            if (next && !here().contains(document.activeElement)) {
                here().replaceWith(next);
            }
        }
        setTimeout(lookAgain, EVERY);
    };
    setTimeout(lookAgain, EVERY);
}
