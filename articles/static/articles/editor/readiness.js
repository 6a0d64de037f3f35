{
    /* Keeps "Ready to publish?" up to date while somebody writes, and sends the reasons for warnings.

       After each autosave the list comes anew, with what is typed in it and where the cursor stands as they were. */
    const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

    /* What a part of the list is about: the same in the list that comes anew. */
    const nameOf = (element) => element.closest("[data-about]")?.dataset.about ?? "all";

    class Readiness {
        constructor(panel) {
            this.panel = panel;
            this.list = panel.querySelector("[data-readiness-list]");
            this.summary = panel.querySelector("[data-readiness-summary]");
            this.address = panel.dataset.readiness;
            this.asked = 0;
            panel.addEventListener("click", (event) => this.clicked(event));
            document.addEventListener("w-autosave:success", (event) => this.saved(event.detail.data));
            panel.closest("form").addEventListener("submit", () => this.setApart(false));
            this.prepare();
        }

        saved(data) {
            // A new article has no address before it is saved for the first time.
            this.address = this.address.replace("/articles/0/", `/articles/${data.pk}/`);
            this.ask();
        }

        clicked(event) {
            const keep = event.target.closest("[data-readiness-keep]");
            const again = event.target.closest("[data-readiness-ask-again]");
            if (keep) {
                const reason = this.panel.querySelector(`[name="${keep.dataset.readinessKeep}"]`);
                if (reason.value.trim()) {
                    this.ask({ [reason.name]: reason.value });
                } else {
                    reason.focus();
                }
            } else if (again) {
                this.ask({ "ask-again": again.value });
            }
        }

        async ask(posted) {
            const number = (this.asked += 1);
            const options = posted && {
                method: "POST",
                body: new URLSearchParams(posted),
                headers: { "X-CSRFToken": token() },
            };
            let answer;
            try {
                answer = await fetch(`${this.address}?fragment=1`, options);
            } catch {
                return; // Without a connection the list stays as it is; the next autosave asks again.
            }
            const text = await answer.text();
            if (number !== this.asked) {
                return; // A newer question is on its way.
            }
            if (answer.ok && !answer.redirected) {
                this.show(text);
            } else if (answer.status === 409) {
                this.summary.textContent = text;
            }
        }

        show(html) {
            const typed = new Map([...this.list.querySelectorAll("textarea")].map((each) => [each.name, each.value]));
            const opened = new Set([...this.list.querySelectorAll("details[open]")].map(nameOf));
            const focused = this.list.contains(document.activeElement) ? document.activeElement : null;
            const place = `${focused && nameOf(focused)} ${focused?.tagName}`;
            const cursor = focused?.tagName === "TEXTAREA" && [focused.selectionStart, focused.selectionEnd];
            this.list.innerHTML = html;
            for (const reason of this.list.querySelectorAll("textarea")) {
                reason.value = typed.get(reason.name) ?? reason.value;
            }
            this.list.querySelectorAll("details").forEach((each) => (each.open = opened.has(nameOf(each))));
            this.prepare();
            const summary = this.list.querySelector("[data-summary]").dataset.summary;
            if (this.summary.textContent !== summary) {
                this.summary.textContent = summary;
            }
            if (focused) {
                this.focus(place, cursor);
            }
        }

        focus(place, cursor) {
            const all = this.list.querySelectorAll("a, button, summary, textarea");
            const same = [...all].find((each) => `${nameOf(each)} ${each.tagName}` === place);
            if (!same) {
                // What had the focus is done: back to what is left.
                this.summary.tabIndex = -1;
            }
            (same ?? this.summary).focus({ preventScroll: true });
            if (same && cursor) {
                same.setSelectionRange(...cursor);
            }
        }

        prepare() {
            this.list.querySelectorAll("button[hidden]").forEach((button) => (button.hidden = false));
            this.setApart(true);
        }

        /* A reason is no part of the text: typing one is no change that has to be saved, before the form is sent. */
        setApart(isApart) {
            for (const reason of this.list.querySelectorAll("textarea")) {
                isApart ? reason.setAttribute("form", "") : reason.removeAttribute("form");
            }
        }
    }

    const start = () => document.querySelectorAll("[data-readiness]").forEach((panel) => new Readiness(panel));

    // As soon as the form is there, and before the page is ready: Wagtail then looks what there is to save.
    document.addEventListener("readystatechange", start, { once: true });
}
