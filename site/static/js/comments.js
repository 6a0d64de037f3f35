// Fetches the stamp of a comment on the first keystroke, so that the preview page is skipped.
// Without it, or when it fails, the comment comes back as a preview and nothing is lost.
"use strict";

for (const form of document.querySelectorAll("form[data-stamp-url]")) {
    const add = (name, value) => {
        const input = document.createElement("input");
        input.type = "hidden";
        input.name = name;
        input.value = value;
        form.append(input);
    };

    const stamp = async () => {
        try {
            const answer = await fetch(form.dataset.stampUrl, { headers: { Accept: "application/json" } });
            if (!answer.ok) return;
            const { stamp, trap } = await answer.json();
            add("stamp", stamp);
            add(trap, "");
        } catch {
            // The preview page does the same without a script.
        }
    };

    form.addEventListener("input", stamp, { once: true });
}

// A double click is one answer: the second submit of a form is left out.
for (const form of document.querySelectorAll("form[data-once]")) {
    let sent = false;
    form.addEventListener("submit", (event) => {
        if (sent) event.preventDefault();
        sent = true;
    });
    // Coming back by the back button, the form may be sent again.
    window.addEventListener("pageshow", () => {
        sent = false;
    });
}
