/* What an editor writes in a table, and all that can be done to it. Nothing here touches the page. */
{
    const NEW_ROWS = 3;
    const NEW_COLUMNS = 3;
    const MOST_UNDONE = 50;
    const HEADINGS = -1; // the row of the headings

    const blank = (length) => Array.from({ length }, () => "");
    const isEmpty = (cells) => !cells.some((cell) => cell.trim());

    /* Each act returns what to say of it: the name of a sentence, and its numbers. One that is refused changes nothing. */
    class Sheet {
        constructor(most) {
            Object.assign(this, { most, past: [], caption: "", headings: [], rows: [], hasHeader: true });
        }

        get width() {
            return this.headings.length;
        }

        get lines() {
            return [this.headings, ...this.rows];
        }

        /* The shape in which a table is stored. */
        get value() {
            return {
                caption: this.caption.trim(),
                columns: this.headings.map((heading) => ({ type: "text", heading: heading.trim() })),
                rows: this.rows.map((cells) => ({ values: cells.map((cell) => cell.trim()) })),
            };
        }

        set value({ caption = "", columns = [], rows = [] }) {
            this.caption = caption;
            this.headings = columns.length ? columns.map((column) => column.heading) : blank(NEW_COLUMNS);
            this.rows = rows.map((row) => [...row.values]);
            this.hasHeader = !isEmpty(this.headings) || !rows.length;
            while (!rows.length && this.rows.length < NEW_ROWS) this.rows.push(blank(this.width));
        }

        /* Keep how it is now, so that what comes next can be undone. */
        remember() {
            const { caption, headings, rows, hasHeader } = this;
            this.past.push(JSON.stringify({ caption, headings, rows, hasHeader }));
            this.past.splice(0, this.past.length - MOST_UNDONE);
        }

        undo() {
            if (this.past.length) Object.assign(this, JSON.parse(this.past.pop()));
            return ["undone"];
        }

        write(row, column, text) {
            (row === HEADINGS ? this.headings : this.rows[row])[column] = text;
        }

        addRow(at) {
            if (this.rows.length >= this.most.rows) return ["tooManyRows", this.rows.length + 1, this.most.rows];
            this.remember();
            this.rows.splice(at, 0, blank(this.width));
            return ["added"];
        }

        addColumn(at) {
            if (this.width >= this.most.columns) return ["tooManyColumns", this.width + 1, this.most.columns];
            this.remember();
            this.lines.forEach((line) => line.splice(at, 0, ""));
            return ["added"];
        }

        moveRow(from, to) {
            this.remember();
            this.rows.splice(to, 0, ...this.rows.splice(from, 1));
            return ["moved"];
        }

        moveColumn(from, to) {
            this.remember();
            this.lines.forEach((line) => line.splice(to, 0, ...line.splice(from, 1)));
            return ["moved"];
        }

        deleteRow(at) {
            this.remember();
            this.rows.splice(at, 1);
            this.neverBare();
            return ["rowDeleted"];
        }

        deleteColumn(at) {
            this.remember();
            this.lines.forEach((line) => line.splice(at, 1));
            this.neverBare();
            return ["columnDeleted"];
        }

        /* Turn the first row into the headings, or the headings into the first row: no word is lost. */
        setHeader(hasHeader) {
            if (!hasHeader && !isEmpty(this.headings) && this.rows.length >= this.most.rows) {
                return ["tooManyRows", this.rows.length + 1, this.most.rows];
            }
            this.remember();
            this.hasHeader = hasHeader;
            if (hasHeader) this.headings = this.rows.shift() || blank(this.width);
            else if (!isEmpty(this.headings)) this.rows.unshift(this.headings);
            if (!hasHeader) this.headings = blank(this.width);
            this.neverBare();
            return ["header"];
        }

        /* Put a pasted table where `row` and `column` are, over what stands there; its headings become headings. */
        paste(table, row, column) {
            const body = [...table.rows];
            const right = column + body[0].length;
            const hasRoom = this.hasHeader && isEmpty(this.headings.slice(column, right));
            const head = row === HEADINGS || (table.hasHeader && hasRoom) ? body.shift() : null;
            const top = Math.max(0, row);
            const bottom = top + body.length;
            const longest = Math.max(table.caption.length, ...table.rows.flat().map((cell) => cell.length));
            if (bottom > this.most.rows) return ["tooManyRows", bottom, this.most.rows];
            if (right > this.most.columns) return ["tooManyColumns", right, this.most.columns];
            if (longest > this.most.text) return ["tooLong", longest, this.most.text];
            this.remember();
            if (isEmpty(this.lines.flat())) [this.headings, this.rows] = [blank(right), []];
            while (this.width < right) this.lines.forEach((line) => line.push(""));
            while (this.rows.length < bottom) this.rows.push(blank(this.width));
            if (head) this.headings.splice(column, head.length, ...head);
            body.forEach((cells, down) => this.rows[top + down].splice(column, cells.length, ...cells));
            this.caption ||= table.caption;
            this.neverBare();
            return ["pasted", table.rows.length, right - column];
        }

        neverBare() {
            if (!this.width) this.lines.forEach((line) => line.push(""));
            if (!this.rows.length) this.rows.push(blank(this.width));
        }
    }

    Object.assign(window, { TableSheet: Sheet });
}
