/* The grid in which an editor writes a table. The hidden field holds it as JSON, in the shape in which it is stored. */
{
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

    const inside = (value, most) => Math.max(0, Math.min(value, most));
    const filled = (sentence, numbers) => sentence.replace(/\{(\d)\}/g, (_, at) => numbers[at]);

    class Grid {
        constructor(field, most, styles, words) {
            Object.assign(this, { field, most, styles, words, sheet: new window.TableSheet(most), row: HEADINGS, column: 0 });
            this.build();
        }

        get value() {
            return this.sheet.value;
        }

        set value(value) {
            this.sheet.value = value;
            this.field.value = JSON.stringify(this.value);
            this.draw();
        }

        /* Do one of the acts of the sheet, go where it says, and tell what was done. */
        act(name, parts = [], { row = this.row, column = this.column } = {}) {
            const [sentence, ...numbers] = this.sheet[name](...parts);
            const refused = sentence.startsWith("too");
            if (!refused) Object.assign(this, { row, column });
            this.draw();
            this.focus(this.row, this.column);
            this.keep();
            this.status.textContent = filled(this.words[sentence], numbers);
            this.status.classList.toggle("table-grid__status--refused", refused);
        }

        /* Hand the table to the form, which saves drafts by itself once it hears of a change. */
        keep() {
            this.field.value = JSON.stringify(this.value);
            this.field.dispatchEvent(new Event("change", { bubbles: true }));
            this.tools.undo.disabled = !this.sheet.past.length;
            this.preview();
        }

        addRow(at) {
            this.act("addRow", [at], { row: at });
        }

        addColumn(at) {
            this.act("addColumn", [at], { column: at });
        }

        moveRow(by) {
            const to = this.row + by;
            if (this.row >= 0 && to >= 0 && to < this.sheet.rows.length) this.act("moveRow", [this.row, to], { row: to });
        }

        moveColumn(by) {
            const to = this.column + by;
            if (to >= 0 && to < this.sheet.width) this.act("moveColumn", [this.column, to], { column: to });
        }

        deleteRow() {
            if (this.row >= 0) this.act("deleteRow", [this.row]);
        }

        deleteColumn() {
            this.act("deleteColumn", [this.column]);
        }

        paste(event) {
            const { clipboardData: copied } = event;
            const table = window.pastedTable(copied.getData("text/html"), copied.getData("text/plain"));
            if (!table) return; // a text: the browser pastes it into the cell
            event.preventDefault();
            this.act("paste", [table, this.row, this.column]);
        }

        /* Keys */

        press(event) {
            const act = event.isComposing ? null : this.meant(event);
            if (!act) return;
            event.preventDefault();
            event.stopPropagation();
            act();
        }

        meant({ key, altKey, shiftKey, ctrlKey, metaKey }) {
            const { row, column } = this;
            if (ctrlKey || metaKey) {
                // What was typed into the cell just now the browser undoes itself.
                return key.toLowerCase() === "z" && !altKey && !shiftKey && !this.typed ? () => this.act("undo") : null;
            }
            if (key === "Escape") return () => this.tools.addRow.focus();
            if (key === "Enter" && !altKey && !shiftKey) return () => this.down();
            if (!altKey) return null;
            const isRtl = getComputedStyle(this.element).direction === "rtl";
            const [back, forth] = isRtl ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
            const acts = {
                ArrowUp: [() => this.moveRow(-1), () => this.addRow(Math.max(0, row))],
                ArrowDown: [() => this.moveRow(1), () => this.addRow(row + 1)],
                [back]: [() => this.moveColumn(-1), () => this.addColumn(column)],
                [forth]: [() => this.moveColumn(1), () => this.addColumn(column + 1)],
                Delete: [() => this.deleteRow(), () => this.deleteColumn()],
                Backspace: [() => this.deleteRow(), () => this.deleteColumn()],
            };
            return acts[key]?.[shiftKey ? 1 : 0];
        }

        down() {
            if (this.row + 1 < this.sheet.rows.length) this.focus(this.row + 1, this.column);
            else this.addRow(this.sheet.rows.length);
        }

        /* How it looks */

        build() {
            const { field, words } = this;
            const id = (name) => `${field.id}-${name}`;
            this.caption = make("input", { type: "text", id: id("caption"), "aria-describedby": id("caption-help") });
            this.caption.maxLength = this.most.text;
            this.header = make("input", { type: "checkbox" });
            this.table = make("table", { "aria-label": words.grid });
            this.status = make("p", { role: "status", class: "table-grid__status" });
            this.phone = make("iframe", { title: words.phoneTitle, class: "table-grid__phone", hidden: "" });
            const keys = words.keys.split("\n").map((line) => make("li", {}, line));
            this.element = make(
                "div",
                { class: "table-grid" },
                make("label", { class: "w-field__label", for: id("caption") }, words.caption),
                this.caption,
                make("p", { class: "help", id: id("caption-help") }, words.captionHelp),
                this.toolbar(),
                make("div", { class: "table-grid__cells" }, this.table),
                this.status,
                make("label", { class: "table-grid__header" }, this.header, words.firstRow),
                this.phone,
                make("details", { class: "help" }, make("summary", {}, words.help), make("ul", {}, ...keys)),
            );
            this.caption.addEventListener("focus", () => (this.typed = false));
            this.caption.addEventListener("input", () => this.write(() => (this.sheet.caption = this.caption.value)));
            this.header.addEventListener("change", () => this.act("setHeader", [this.header.checked]));
            this.table.addEventListener("keydown", (event) => this.press(event));
            this.table.addEventListener("paste", (event) => this.paste(event));
            this.table.addEventListener("focusin", ({ target }) => this.enter(target));
            this.table.addEventListener("input", ({ target }) => this.write(() => this.writeCell(target)));
        }

        toolbar() {
            const { words } = this;
            this.tools = {};
            const tool = (name, image, act) => {
                const label = { title: words[name], "aria-label": words[name] };
                const button = make("button", { type: "button", class: "button button-small button-secondary", ...label }, icon(image));
                button.addEventListener("click", act);
                this.tools[name] = button;
                return button;
            };
            const group = (label, ...buttons) =>
                make("div", { role: "group", "aria-label": label }, make("span", { "aria-hidden": "true" }, label), ...buttons);
            const bar = make(
                "div",
                { class: "table-grid__tools" },
                group(
                    words.row,
                    tool("addRow", "plus", () => this.addRow(this.row + 1)),
                    tool("rowUp", "arrow-up", () => this.moveRow(-1)),
                    tool("rowDown", "arrow-down", () => this.moveRow(1)),
                    tool("deleteRow", "bin", () => this.deleteRow()),
                ),
                group(
                    words.column,
                    tool("addColumn", "plus", () => this.addColumn(this.column + 1)),
                    tool("columnBack", "arrow-left", () => this.moveColumn(-1)),
                    tool("columnForth", "arrow-right", () => this.moveColumn(1)),
                    tool("deleteColumn", "bin", () => this.deleteColumn()),
                ),
                group(
                    words.table,
                    tool("undo", "rotate", () => this.act("undo")),
                    tool("phone", "mobile-alt", () => this.togglePhone()),
                ),
            );
            this.tools.undo.disabled = true;
            this.tools.phone.setAttribute("aria-pressed", "false");
            return bar;
        }

        draw() {
            const { sheet } = this;
            const line = (tag, cells, row) =>
                make("tr", {}, ...cells.map((text, column) => make(tag, {}, this.cell(text, row, column))));
            const head = sheet.hasHeader ? [make("thead", {}, line("th", sheet.headings, HEADINGS))] : [];
            const body = make("tbody", {}, ...sheet.rows.map((cells, row) => line("td", cells, row)));
            this.table.replaceChildren(...head, body);
            this.header.checked = sheet.hasHeader;
            this.caption.value = sheet.caption;
        }

        cell(text, row, column) {
            const { words } = this;
            const label = row === HEADINGS ? filled(words.heading, [column + 1]) : filled(words.cell, [row + 1, column + 1]);
            const rows = text.split("\n").length;
            const attributes = { rows, maxlength: this.most.text, "data-row": row, "data-column": column, "aria-label": label };
            const box = make("textarea", attributes);
            box.value = text;
            return box;
        }

        focus(row, column) {
            this.row = row < 0 && this.sheet.hasHeader ? HEADINGS : inside(row, this.sheet.rows.length - 1);
            this.column = inside(column, this.sheet.width - 1);
            this.table.querySelector(`[data-row="${this.row}"][data-column="${this.column}"]`).focus();
        }

        /* The tools act on the cell that the cursor was in last; it stays marked. */
        enter(box) {
            this.row = Number(box.dataset.row);
            this.column = Number(box.dataset.column);
            this.typed = false;
            this.table.querySelector(".table-grid__here")?.classList.remove("table-grid__here");
            box.classList.add("table-grid__here");
        }

        write(act) {
            if (!this.typed) this.sheet.remember();
            this.typed = true;
            act();
            this.keep();
        }

        writeCell(box) {
            this.sheet.write(Number(box.dataset.row), Number(box.dataset.column), box.value);
            box.rows = box.value.split("\n").length;
        }

        togglePhone() {
            this.phone.hidden = !this.phone.hidden;
            this.tools.phone.setAttribute("aria-pressed", String(!this.phone.hidden));
            this.preview();
        }

        preview() {
            if (this.phone.hidden) return;
            // The box below the grid says whether the first column names the rows.
            const box = document.getElementById(this.field.id.replace(/table$/, "header_column"));
            this.phone.srcdoc = window.tableOnPhone(this.value, Boolean(box?.checked), this.styles);
        }
    }

    /* What Wagtail asks of a field that it has put into a form. */
    class BoundGrid {
        idForLabel = "";

        constructor(grid) {
            this.grid = grid;
        }

        getValue() {
            return this.grid.field.value;
        }

        getState() {
            return this.grid.field.value;
        }

        setState(state) {
            this.grid.value = state ? JSON.parse(state) : {};
        }

        setInvalid(isInvalid) {
            this.grid.element.classList.toggle("table-grid--invalid", isInvalid);
        }

        getTextLabel() {
            return this.grid.sheet.caption || null;
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
