// Brings the rest of a conversation into the page (`a[data-more-replies]`) instead of leading to its own; whatever goes
// wrong, the link leads there. Says "shown" to the document when there are further comments in it.
"use strict";

document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-more-replies]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
        const response = await fetch(link.href);
        if (!response.ok) throw new Error(response.statusText);
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        if (!link.isConnected) return; // a double click
        const missing = [...page.querySelectorAll(".replies > li")].filter(
            (reply) => !document.getElementById(reply.querySelector(".comment").id),
        );
        link.closest("li").querySelector(".replies").append(...missing);
        const first = missing[0]?.querySelector(".comment");
        first?.setAttribute("tabindex", "-1");
        first?.focus();
        const next = page.querySelector(".comments .more a");
        if (next) {
            link.href = new URL(next.getAttribute("href"), link.href);
            link.textContent = next.textContent;
        } else link.parentElement.remove();
        document.dispatchEvent(new Event("shown"));
    } catch {
        location.assign(link.href);
    }
});
