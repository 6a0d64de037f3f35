{
    /* Shows the search result as it is typed, and how long its texts are, below the fields themselves. */
    const value = (id) => (document.getElementById(id)?.value ?? "").trim().replace(/\s+/g, " ");

    const cut = (text, limit) => {
        if (text.length <= limit) {
            return text;
        }
        const space = text.lastIndexOf(" ", limit);
        return `${text.slice(0, space > 0 ? space : limit)}…`;
    };

    const counter = (field, id) => {
        const count = document.createElement("p");
        count.className = "search-result__count";
        count.id = id;
        field.after(count);
        field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
        return count;
    };

    const start = () => {
        const panel = document.querySelector("[data-search-result]");
        const fields = { title: "id_seo_title", description: "id_search_description" };
        if (!panel) {
            return;
        }
        const limits = { title: Number(panel.dataset.titleLength), description: Number(panel.dataset.descriptionLength) };
        const counters = {};
        for (const [name, id] of Object.entries(fields)) {
            const field = document.getElementById(id);
            counters[name] = field && counter(field, `${id}-count`);
        }
        const show = () => {
            const said = {
                title: value(fields.title) || value("id_title"),
                description: value(fields.description) || value("id_summary"),
            };
            for (const [name, text] of Object.entries(said)) {
                panel.querySelector(`[data-part=${name}]`).textContent = cut(text, limits[name]);
                const typed = value(fields[name]).length;
                const count = counters[name];
                if (count) {
                    count.textContent = panel.dataset.count.replace("%1", typed).replace("%2", limits[name]);
                    count.classList.toggle("search-result__count--long", typed > limits[name]);
                }
            }
        };
        for (const id of [...Object.values(fields), "id_title", "id_summary"]) {
            document.getElementById(id)?.addEventListener("input", show);
        }
        show();
    };
    document.addEventListener("DOMContentLoaded", start);
}
