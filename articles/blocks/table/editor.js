/* The grid in which an editor writes a table. It keeps what it holds in the hidden field, as JSON of the stored shape. */
{
    const NEW_ROWS = 3;
    const NEW_COLUMNS = 3;
    const MOST_UNDONE = 50;
    const HEADINGS = -1; // the row of the headings

    const make = (tag, attributes = {}, ...children) => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        element.append(...children);
        return element;
    };

    const icon = (name) => {
        const image = document.createElementNS("http://www.w3.org/2000/svg", "svg");
        image.setAttribute("class", `icon icon-${name}`);
        image.setAttribute("aria-hidden", "true");
        image.append(document.createElementNS(image.namespaceURI, "use"));
        image.firstChild.setAttribute("href", `#icon-${name}`);
        return image;
    };

    const blank = (length) => Array.from({ length }, () => "");
    const isEmpty = (cells) => !cells.some((cell) => cell.trim());
    const inside = (value, most) => Math.max(0, Math.min(value, most));

    class Grid {
        constructor(field, most, styles, words) {
            Object.assign(this, { field, most, styles, words, past: [], row: HEADINGS, column: 0 });
            this.build();
        }

        /* What is written */

        get width() {
            return this.headings.length;
        }

        get value() {
            return {
                caption: this.caption.value.trim(),
                columns: this.headings.map((heading) => ({ type: "text", heading: heading.trim() })),
                rows: this.rows.map((values) => ({ values: values.map((cell) => cell.trim()) })),
            };
        }

        set value({ caption = "", columns = [], rows = [] }) {
            const width = columns.length || NEW_COLUMNS;
            this.caption.value = caption;
            this.headings = columns.length ? columns.map((column) => column.heading || "") : blank(width);
            this.rows = rows.length ? rows.map((row) => [...row.values]) : Array.from({ length: NEW_ROWS }, () => blank(width));
            this.hasHeader = !isEmpty(this.headings) || !rows.length;
            this.draw();
        }

        /* Do something that can be undone, and say what was done. */
        change(act, message = "") {
            this.remember();
            act();
            this.show(message);
        }

        remember() {
            const { headings, rows, hasHeader } = this;
            this.past.push(JSON.stringify({ headings, rows, hasHeader, caption: this.caption.value }));
            this.past.splice(0, this.past.length - MOST_UNDONE);
            this.buttons.undo.disabled = false;
        }

        undo() {
            if (!this.past.length) return;
            const { caption, ...before } = JSON.parse(this.past.pop());
            Object.assign(this, before);
            this.caption.value = caption;
            this.buttons.undo.disabled = !this.past.length;
            this.show(this.words.undone);
        }

        show(message) {
            this.draw();
            this.focus(this.row, this.column);
            this.keep();
            this.tell(message);
        }

        /* Hand the table to the form, and let the form know, which saves drafts by itself. */
        keep() {
            this.field.value = JSON.stringify(this.value);
            this.field.dispatchEvent(new Event("change", { bubbles: true }));
            if (!this.phone.hidden) this.preview();
        }

        tell(message, ...numbers) {
            this.status.textContent = message.replace(/\{(\d)\}/g, (_, number) => numbers[number]);
        }

        /* Rows and columns */

        addRow(at) {
            if (this.rows.length >= this.most.rows) return this.refuse("tooManyRows", this.rows.length + 1, this.most.rows);
            this.row = at;
            this.change(() => this.rows.splice(at, 0, blank(this.width)), this.words.added);
        }

        addColumn(at) {
            if (this.width >= this.most.columns) return this.refuse("tooManyColumns", this.width + 1, this.most.columns);
            this.column = at;
            this.change(() => this.lines.forEach((line) => line.splice(at, 0, "")), this.words.added);
        }

        moveRow(by) {
            const to = this.row + by;
            if (this.row < 0 || to < 0 || to >= this.rows.length) return;
            this.change(() => {
                this.rows.splice(to, 0, ...this.rows.splice(this.row, 1));
                this.row = to;
            }, this.words.moved);
        }

        moveColumn(by) {
            const to = this.column + by;
            if (to < 0 || to >= this.width) return;
            this.change(() => {
                this.lines.forEach((line) => line.splice(to, 0, ...line.splice(this.column, 1)));
                this.column = to;
            }, this.words.moved);
        }

        deleteRow() {
            if (this.row < 0) return;
            this.change(() => {
                this.rows.splice(this.row, 1);
                if (!this.rows.length) this.rows.push(blank(this.width));
            }, this.words.rowDeleted);
        }

        deleteColumn() {
            this.change(() => {
                this.lines.forEach((line) => line.splice(this.column, 1));
                if (!this.width) this.lines.forEach((line) => line.push(""));
            }, this.words.columnDeleted);
        }

        get lines() {
            return [this.headings, ...this.rows];
        }

        /* Turn the first row into the headings, or the headings into the first row: no word is lost. */
        setHeader(hasHeader) {
            this.change(() => {
                this.hasHeader = hasHeader;
                if (hasHeader) this.headings = this.rows.shift() || blank(this.width);
                else if (!isEmpty(this.headings)) this.rows.unshift(this.headings.splice(0, this.width, ...blank(this.width)));
                if (!this.rows.length) this.rows.push(blank(this.width));
            });
        }

        refuse(name, ...numbers) {
            this.tell(this.words[name], ...numbers);
            this.status.classList.add("table-grid__status--refused");
        }

        /* Pasting */

        paste(event) {
            const { clipboardData: copied } = event;
            const table = window.pastedTable(copied.getData("text/html"), copied.getData("text/plain"));
            if (!table) return; // a text: the browser pastes it into the cell
            event.preventDefault();
            const { column } = this;
            const body = [...table.rows];
            const width = body[0].length;
            const isNew = this.lines.every(isEmpty);
            const hasRoom = this.hasHeader && isEmpty(this.headings.slice(column, column + width));
            const head = this.row === HEADINGS || (table.hasHeader && hasRoom) ? body.shift() : null;
            const top = Math.max(0, this.row);
            const rows = top + body.length;
            const longest = Math.max(...table.rows.flat().map((cell) => cell.length));
            if (rows > this.most.rows) return this.refuse("tooManyRows", rows, this.most.rows);
            if (column + width > this.most.columns) return this.refuse("tooManyColumns", column + width, this.most.columns);
            if (longest > this.most.text) return this.refuse("tooLong", longest, this.most.text);
            this.change(() => {
                if (isNew) [this.headings, this.rows] = [blank(column + width), []];
                while (this.width < column + width) this.lines.forEach((line) => line.push(""));
                while (this.rows.length < Math.max(rows, 1)) this.rows.push(blank(this.width));
                if (head) this.headings.splice(column, width, ...head);
                body.forEach((cells, down) => this.rows[top + down].splice(column, width, ...cells));
                this.caption.value ||= table.caption;
            });
            this.tell(this.words.pasted, table.rows.length, width);
        }

        /* Keys */

        press(event) {
            const { key, altKey, shiftKey, isComposing } = event;
            const isMain = event.ctrlKey || event.metaKey;
            const isRtl = getComputedStyle(this.element).direction === "rtl";
            const [back, forth] = isRtl ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
            const isDelete = key === "Delete" || key === "Backspace";
            let act = null;
            if (isComposing) return;
            if (isMain && !altKey && !shiftKey && key.toLowerCase() === "z" && !this.typed) act = () => this.undo();
            else if (key === "Enter" && !shiftKey && !isMain && !altKey) act = () => this.enter();
            else if (key === "Escape") act = () => this.buttons.addRow.focus();
            else if (altKey && !isMain) {
                const moves = { ArrowUp: () => this.moveRow(-1), ArrowDown: () => this.moveRow(1) };
                moves[back] = () => this.moveColumn(-1);
                moves[forth] = () => this.moveColumn(1);
                const adds = { ArrowUp: () => this.addRow(inside(this.row, Infinity)), ArrowDown: () => this.addRow(this.row + 1) };
                adds[back] = () => this.addColumn(this.column);
                adds[forth] = () => this.addColumn(this.column + 1);
                if (isDelete) act = () => (shiftKey ? this.deleteColumn() : this.deleteRow());
                else act = (shiftKey ? adds : moves)[key];
            }
            if (!act) return;
            event.preventDefault();
            event.stopPropagation();
            act();
        }

        enter() {
            if (this.row + 1 < this.rows.length) this.focus(this.row + 1, this.column);
            else this.addRow(this.rows.length);
        }

        /* How it looks */

        build() {
            const { field, words } = this;
            const id = (name) => `${field.id}-${name}`;
            this.caption = make("input", { type: "text", id: id("caption"), "aria-describedby": id("caption-help") });
            this.caption.maxLength = this.most.text;
            this.header = make("input", { type: "checkbox", id: id("header") });
            this.table = make("table", { "aria-label": words.grid });
            this.status = make("p", { role: "status", class: "table-grid__status" });
            this.phone = make("iframe", { title: words.phoneTitle, class: "table-grid__phone", hidden: "" });
            this.buttons = {};
            const keys = words.keys.split("\n").map((line) => make("li", {}, line));
            this.element = make(
                "div",
                { class: "table-grid" },
                make("label", { class: "w-field__label", for: id("caption") }, words.caption),
                make("p", { class: "help", id: id("caption-help") }, words.captionHelp),
                this.caption,
                this.tools(),
                make("div", { class: "table-grid__cells" }, this.table),
                make("label", { class: "table-grid__header" }, this.header, words.header),
                this.status,
                this.phone,
                make("details", {}, make("summary", {}, words.help), make("ul", {}, ...keys)),
            );
            this.caption.addEventListener("input", () => this.keep());
            this.header.addEventListener("change", () => this.setHeader(this.header.checked));
            this.table.addEventListener("keydown", (event) => this.press(event));
            this.table.addEventListener("paste", (event) => this.paste(event));
            this.table.addEventListener("focusin", ({ target }) => this.enterCell(target));
            this.table.addEventListener("input", ({ target }) => this.write(target));
        }

        tools() {
            const add = (name, image, act) => {
                const title = this.words[name];
                const attributes = { type: "button", class: "button button-small button-secondary", title, "aria-label": title };
                this.buttons[name] = make("button", attributes, icon(image));
                this.buttons[name].addEventListener("click", act);
                return this.buttons[name];
            };
            const group = (label, ...buttons) => {
                const attributes = { role: "group", "aria-label": label };
                return make("div", attributes, make("span", { "aria-hidden": "true" }, label), ...buttons);
            };
            const undo = add("undo", "rotate", () => this.undo());
            const phone = add("phone", "mobile-alt", () => this.togglePhone());
            undo.disabled = true;
            phone.setAttribute("aria-pressed", "false");
            return make(
                "div",
                { role: "group", "aria-label": this.words.tools, class: "table-grid__tools" },
                group(
                    this.words.row,
                    add("addRow", "plus", () => this.addRow(this.row + 1)),
                    add("rowUp", "arrow-up", () => this.moveRow(-1)),
                    add("rowDown", "arrow-down", () => this.moveRow(1)),
                    add("deleteRow", "bin", () => this.deleteRow()),
                ),
                group(
                    this.words.column,
                    add("addColumn", "plus", () => this.addColumn(this.column + 1)),
                    add("columnBack", "arrow-left", () => this.moveColumn(-1)),
                    add("columnForth", "arrow-right", () => this.moveColumn(1)),
                    add("deleteColumn", "bin", () => this.deleteColumn()),
                ),
                group(this.words.table, undo, phone),
            );
        }

        draw() {
            const { words } = this;
            this.header.checked = this.hasHeader;
            const cell = (tag, text, row, column) => {
                const name = row === HEADINGS ? words.heading : words.cell;
                const numbers = row === HEADINGS ? [column + 1] : [row + 1, column + 1];
                const box = make("textarea", { rows: 1, "aria-label": name.replace(/\{(\d)\}/g, (_, at) => numbers[at]) });
                box.maxLength = this.most.text;
                box.dataset.row = row;
                box.dataset.column = column;
                box.value = text;
                box.rows = text.split("\n").length;
                return make(tag, tag === "th" ? { scope: "col" } : {}, box);
            };
            const line = (tag, cells, row) => make("tr", {}, ...cells.map((text, column) => cell(tag, text, row, column)));
            const head = this.hasHeader ? [make("thead", {}, line("th", this.headings, HEADINGS))] : [];
            this.table.replaceChildren(...head, make("tbody", {}, ...this.rows.map((cells, row) => line("td", cells, row))));
        }

        box(row, column) {
            return this.table.querySelector(`[data-row="${row}"][data-column="${column}"]`);
        }

        focus(row, column) {
            this.row = row < 0 && this.hasHeader ? HEADINGS : inside(row, this.rows.length - 1);
            this.column = inside(column, this.width - 1);
            this.box(this.row, this.column).focus();
        }

        enterCell(box) {
            this.row = Number(box.dataset.row);
            this.column = Number(box.dataset.column);
            this.typed = false;
            this.table.querySelector(".table-grid__here")?.classList.remove("table-grid__here");
            box.classList.add("table-grid__here");
        }

        write(box) {
            if (!this.typed) this.remember();
            this.typed = true;
            (this.row === HEADINGS ? this.headings : this.rows[this.row])[this.column] = box.value;
            box.rows = box.value.split("\n").length;
            this.keep();
        }

        /* The table as it stacks on a phone, by the styles of the site itself. */
        togglePhone() {
            this.phone.hidden = !this.phone.hidden;
            this.buttons.phone.setAttribute("aria-pressed", String(!this.phone.hidden));
            if (!this.phone.hidden) this.preview();
        }

        preview() {
            const page = document.implementation.createHTMLDocument(this.words.phoneTitle);
            const isName = this.namesRows?.checked;
            const row = (cells) => {
                const shown = cells.map((text, at) => {
                    const attributes = this.headings[at] ? { "data-label": this.headings[at] } : {};
                    return isName && !at ? make("th", { scope: "row", ...attributes }, text) : make("td", attributes, text);
                });
                return make("tr", {}, ...shown);
            };
            const table = make("table", { class: "table" });
            if (this.caption.value) table.append(make("caption", {}, this.caption.value));
            if (!isEmpty(this.headings)) {
                const headings = this.headings.map((heading) => make("th", { scope: "col" }, heading));
                table.append(make("thead", {}, make("tr", {}, ...headings)));
            }
            table.append(make("tbody", {}, ...this.rows.filter((cells) => !isEmpty(cells)).map(row)));
            page.head.append(make("meta", { name: "viewport", content: "width=device-width" }));
            page.head.append(...this.styles.map((href) => make("link", { rel: "stylesheet", href })));
            page.body.append(make("div", { class: "article-body block-preview" }, make("div", { class: "block block-table" }, table)));
            this.phone.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
        }

        /* The box beside the grid that says whether the first column names the rows. */
        get namesRows() {
            return document.getElementById(this.field.id.replace(/table$/, "header_column"));
        }
    }

    /* What Wagtail asks of a field that it has put into the form. */
    class BoundGrid {
        constructor(grid) {
            this.grid = grid;
            this.idForLabel = "";
        }

        getValue() {
            return this.grid.field.value;
        }

        getState() {
            return this.grid.field.value;
        }

        setState(state) {
            this.grid.value = typeof state === "string" ? JSON.parse(state) : state || {};
            this.grid.field.value = JSON.stringify(this.grid.value);
        }

        setInvalid(invalid) {
            this.grid.caption.toggleAttribute("aria-invalid", invalid);
        }

        getTextLabel() {
            return this.grid.caption.value || null;
        }

        focus() {
            this.grid.focus(HEADINGS, 0);
        }

        setCapabilityOptions() {}
    }

    class TableGrid {
        constructor(most, styles, words) {
            Object.assign(this, { most, styles, words });
        }

        render(placeholder, name, id, state) {
            const field = make("input", { type: "hidden", name, id });
            const grid = new Grid(field, this.most, this.styles, this.words);
            placeholder.replaceWith(grid.element, field);
            const bound = new BoundGrid(grid);
            bound.setState(state);
            return bound;
        }
    }

    window.telepath.register("articles.TableGrid", TableGrid);
}
