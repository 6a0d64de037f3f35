// Sends a reader's form (`data-inline`) without leaving the page, and says in its `[data-answer-here]` what the page
// that would have followed marks with `data-answer`. Focus stays, and so does what was typed, unless it was stored.
// Whatever stands in the way of that, the browser sends the form as it would without this script.
//
// A form with `data-stamp-url` fetches its stamp with the first letter, so that it needs no preview, and solves the
// challenge that may come with it (`data-proof-url`). While it is on its way, the line says what stands in `data-wait`.
//
// Says "answered" to the document when something was stored.
"use strict";

{
    const PATIENCE = 10_000; // milliseconds that a form waits for its stamp and its proof of work
    const prepared = new WeakMap(); // a form → the fields that go with it, and the promise that they are there
    const busy = new WeakSet(); // forms on their way

    const solve = (url, challenge) =>
        new Promise((resolve, reject) => {
            const worker = new Worker(url);
            worker.onmessage = ({ data }) => {
                worker.terminate();
                resolve(data.payload ?? "");
            };
            worker.onerror = reject;
            worker.postMessage(challenge);
        });

    const prepare = async ({ stampUrl, proofUrl }, fields) => {
        try {
            const { stamp, trap, challenge } = await (await fetch(stampUrl)).json();
            Object.assign(fields, { stamp, [trap]: "" });
            if (challenge) fields.proof = await solve(proofUrl, challenge);
        } catch {
            // Without a stamp the comment comes back as a preview; without a proof, a moderator sees that.
        }
    };

    // Returns the words, links and lines of `node`, and nothing else of it.
    const wordsOf = (node, form) =>
        [...node.childNodes].flatMap((child) => {
            if (child.nodeType === Node.TEXT_NODE) return child.data;
            const words = wordsOf(child, form);
            if (/^(H2|P|LI)$/.test(child.nodeName)) return [...words, document.createElement("br")];
            if (child.nodeName !== "A") return words;
            const link = document.createElement("a");
            // A link to a field of that page's form leads to the same field here.
            const { name } = (child.hash && child.ownerDocument.getElementById(child.hash.slice(1))) || {};
            const field = form.elements[name];
            link.href = field?.id ? `#${field.id}` : child.getAttribute("href");
            link.append(...words);
            return link;
        });

    const send = async (form, button, line) => {
        line.textContent = form.dataset.wait ?? "";
        await Promise.race([prepared.get(form)?.ready, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
        const body = new URLSearchParams(new FormData(form));
        if (button?.name) body.append(button.name, button.value);
        const response = await fetch(form.action, { method: "POST", body });
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const answers = [...page.querySelectorAll("[data-answer]")];
        if (!answers.length) throw new Error("a page to look at");
        line.replaceChildren(...answers.flatMap((answer) => wordsOf(answer, form)));
        if (!response.ok) return;
        prepared.delete(form);
        if (form.dataset.stampUrl) form.elements.text.value = "";
        document.dispatchEvent(new Event("answered"));
    };

    document.addEventListener("input", ({ target: { form } }) => {
        if (!form?.dataset.stampUrl || prepared.has(form)) return;
        const fields = {};
        prepared.set(form, { fields, ready: prepare(form.dataset, fields) });
    });

    // Whoever sends the form, this script or the browser.
    document.addEventListener("formdata", ({ target: form, formData }) => {
        for (const [name, value] of Object.entries(prepared.get(form)?.fields ?? {})) formData.append(name, value);
    });

    document.addEventListener("submit", async (event) => {
        const { target: form, submitter: button } = event;
        const line = form.querySelector("[data-answer-here]");
        if (!line || !form.matches("[data-inline]") || /^(preview|edit)$/.test(button?.name)) return;
        event.preventDefault();
        if (busy.has(form)) return; // a double click is one answer
        busy.add(form);
        try {
            await send(form, button, line);
        } catch {
            line.textContent = "";
            delete form.dataset.inline;
            form.requestSubmit(button);
            prepared.delete(form); // for who comes back to it
        }
        busy.delete(form);
    });
}
