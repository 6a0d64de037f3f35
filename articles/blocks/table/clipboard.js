/* Reading a table from the clipboard: what Excel, Sheets, Word and web pages put there. Nothing here touches the page. */
{
    const BLOCKS = "address,article,blockquote,dd,div,dt,h1,h2,h3,h4,h5,h6,li,p,pre,td,th";
    const UNSEEN = 'script, style, template, [style*="mso-list:Ignore"]'; // the last are the bullets of Word
    const SPACE = /[ \t\r\n\f]+/g; // a no-break space stays, but at the ends
    const MOST_SPAN = 1000; // as in HTML

    /* Return {rows, hasHeader, caption} of what was copied, or null where it is no table but a text. */
    const pasted = (html, text) => fromHtml(html) || fromTabs(text);

    const fromHtml = (html) => {
        // A document made so runs no script and fetches no picture.
        const tables = [...new DOMParser().parseFromString(html || "", "text/html").querySelectorAll("table")];
        const table = tables.find((each) => each.querySelectorAll("td, th").length > 1);
        if (!table) return null;
        const first = table.rows[0];
        const isHead = first.parentElement.tagName === "THEAD" || [...first.cells].every((cell) => cell.tagName === "TH");
        const caption = table.caption ? textOf(table.caption) : "";
        return found(expanded(table), { hasHeader: isHead && table.rows.length > 1, caption });
    };

    /* Return the cells of a table: one that spans several places stands in each of them. */
    const expanded = (table) => {
        const rows = [...table.rows].map(() => []);
        [...table.rows].forEach((row, top) => {
            let left = 0;
            for (const cell of row.cells) {
                while (rows[top][left] !== undefined) left += 1;
                const text = textOf(cell);
                // Excel also says so of a text that merely hangs over its empty neighbors.
                const hangsOver = /mso-ignore:\s*colspan/.test(cell.getAttribute("style") || "");
                const width = Math.min(cell.colSpan, MOST_SPAN);
                const height = Math.min(cell.rowSpan || rows.length, rows.length - top);
                for (let down = 0; down < height; down += 1) {
                    for (let right = 0; right < width; right += 1) {
                        rows[top + down][left + right] = hangsOver && right ? "" : text;
                    }
                }
                left += width;
            }
        });
        return rows;
    };

    /* Return the words of an element as a reader sees them: blocks and breaks are lines, all other space is one blank. */
    const textOf = (element) => {
        const copy = element.cloneNode(true);
        copy.querySelectorAll(UNSEEN).forEach((each) => each.remove());
        const lines = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
        while (lines.nextNode()) lines.currentNode.data = lines.currentNode.data.replace(SPACE, " ");
        copy.querySelectorAll("br").forEach((each) => each.replaceWith("\n"));
        copy.querySelectorAll(BLOCKS).forEach((each) => {
            each.before("\n");
            each.after("\n");
        });
        return clean(copy.textContent);
    };

    const clean = (text) =>
        text.split(/\r\n?|\n/).map((line) => line.replace(SPACE, " ").trim()).filter(Boolean).join("\n");

    /* Return what cells parted by tabs say (text/tab-separated-values; a cell in quotes may hold lines and tabs). */
    const fromTabs = (text) => {
        if (!/\t/.test(text || "")) return null;
        const rows = [[]];
        // A quote opens a cell only at its start, and only if another one closes it at its end.
        const cell = /(?:"([^"]*(?:""[^"]*)*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/y;
        while (cell.lastIndex <= text.length) {
            const [, quoted, bare, end] = cell.exec(text);
            rows.at(-1).push(clean(quoted === undefined ? bare : quoted.replaceAll('""', '"')));
            if (!end) break;
            if (end !== "\t") rows.push([]);
        }
        return found(rows, { hasHeader: false, caption: "" });
    };

    /* Return the rows, all of one width, without those at the end and columns at the side that are empty. */
    const found = (rows, more) => {
        const filled = (row) => row.findLastIndex((cell) => cell) + 1;
        const width = Math.max(...rows.map(filled));
        const height = rows.findLastIndex((row) => filled(row)) + 1;
        if (!width) return null;
        return { rows: rows.slice(0, height).map((row) => Array.from({ length: width }, (_, at) => row[at] || "")), ...more };
    };

    window.pastedTable = pasted;
}
