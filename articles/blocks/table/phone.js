/* A table as it stacks on a phone: a page of its own, in the styles of the site. Written like block.html. */
{
    const element = (page, tag, attributes, ...children) => {
        const made = page.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
        made.append(...children);
        return made;
    };

    /* Return the page as HTML. `namesRows` says whether the first column names the rows. */
    window.tableOnPhone = ({ caption, columns, rows }, namesRows, styles) => {
        const page = document.implementation.createHTMLDocument(caption);
        const make = (...parts) => element(page, ...parts);
        const headings = columns.map((column) => column.heading);
        const lines = (text) => text.split("\n").flatMap((line, at) => (at ? [make("br", {}), line] : [line]));
        const cell = (text, at) => {
            const label = headings[at] ? { "data-label": headings[at] } : {};
            const isName = namesRows && !at;
            return make(isName ? "th" : "td", isName ? { scope: "row", ...label } : label, ...lines(text));
        };
        const heading = (text) => (text ? make("th", { scope: "col" }, text) : make("td", {}));
        const written = rows.map((row) => row.values).filter((cells) => cells.some(Boolean));
        const table = make("table", { class: "table" });
        if (caption) table.append(make("caption", {}, caption));
        if (headings.some(Boolean)) table.append(make("thead", {}, make("tr", {}, ...headings.map(heading))));
        table.append(make("tbody", {}, ...written.map((cells) => make("tr", {}, ...cells.map(cell)))));
        page.head.append(make("meta", { name: "viewport", content: "width=device-width" }));
        page.head.append(...styles.map((href) => make("link", { rel: "stylesheet", href })));
        page.body.append(
            make("div", { class: "article-body block-preview" }, make("div", { class: "block block-table" }, table)),
        );
        return `<!doctype html>${page.documentElement.outerHTML}`;
    };
}
