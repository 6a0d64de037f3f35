// Suggestions below a search field while somebody types: a combobox with a list of pages, as the ARIA Authoring
// Practices have it. Without scripts the form is a form.
"use strict";

{
    const PAUSE = 150;
    const LEAST = 2;

    const suggest = (form, number) => {
        const field = form.elements.q;
        const list = document.createElement("ul");
        list.id = `suggestions-${number}`;
        list.className = "suggestions";
        list.hidden = true;
        list.setAttribute("role", "listbox");
        list.setAttribute("aria-label", field.labels[0]?.textContent.trim() ?? field.name);
        field.after(list);
        field.setAttribute("role", "combobox");
        field.setAttribute("aria-autocomplete", "list");
        field.setAttribute("aria-expanded", "false");
        field.setAttribute("aria-controls", list.id);

        const answers = new Map();
        let timer;
        let asking;

        const selected = () => list.querySelector("[aria-selected=true]");

        const select = (option) => {
            selected()?.setAttribute("aria-selected", "false");
            option?.setAttribute("aria-selected", "true");
            option?.scrollIntoView({ block: "nearest" });
            if (option) field.setAttribute("aria-activedescendant", option.id);
            else field.removeAttribute("aria-activedescendant");
        };

        const show = (suggestions) => {
            list.replaceChildren(
                ...suggestions.map(({ title, address }, place) => {
                    const option = document.createElement("li");
                    option.id = `${list.id}-${place}`;
                    option.dir = "auto";
                    option.textContent = title;
                    option.dataset.address = address;
                    option.setAttribute("role", "option");
                    option.setAttribute("aria-selected", "false");
                    return option;
                }),
            );
            select(null);
            list.hidden = suggestions.length === 0;
            field.setAttribute("aria-expanded", String(!list.hidden));
        };

        const close = () => {
            clearTimeout(timer);
            asking?.abort();
            show([]);
        };

        const ask = async () => {
            const text = field.value.trim();
            if (text.length < LEAST) return close();
            asking?.abort();
            asking = new AbortController();
            try {
                if (!answers.has(text)) {
                    const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: text })}`;
                    const answer = await fetch(address, { signal: asking.signal });
                    if (!answer.ok) return close();
                    answers.set(text, (await answer.json()).suggestions);
                }
                if (field.value.trim() === text && document.activeElement === field) show(answers.get(text));
            } catch {
                // Nothing is suggested then; the form works as ever.
            }
        };

        const move = (step) => {
            const stops = [null, ...list.children];
            select(stops.at((stops.indexOf(selected()) + step) % stops.length));
        };

        field.addEventListener("input", () => {
            clearTimeout(timer);
            timer = setTimeout(ask, PAUSE);
        });
        field.addEventListener("blur", close);
        field.addEventListener("keydown", (event) => {
            if (event.key === "ArrowDown" && list.hidden) ask();
            else if (list.hidden) return;
            else if (event.key === "ArrowDown") move(1);
            else if (event.key === "ArrowUp") move(-1);
            else if (event.key === "Escape") close();
            else if (event.key === "Enter" && selected()) location.assign(selected().dataset.address);
            else return;
            event.preventDefault();
        });
        // The field keeps the focus, so that the list stays until the click.
        list.addEventListener("pointerdown", (event) => event.preventDefault());
        list.addEventListener("mousedown", (event) => event.preventDefault());
        list.addEventListener("click", (event) => {
            const option = event.target.closest("[role=option]");
            if (option) location.assign(option.dataset.address);
        });
    };

    document.querySelectorAll("form[data-suggestions]").forEach(suggest);
}
