// The desk by keyboard, and decisions without a new page. What is pressed here are buttons and links of the page, which
// all work without this script. The keys come from the page (`#desk-keys`); Wagtail's own switch turns them off.
"use strict";

const PATIENCE = 20_000; // milliseconds until an answer no longer comes
const GROUND_KEYS = "123456789vwyz"; // the letters decide nothing elsewhere

const rows = document.getElementById("desk-keys").content;
const status = document.getElementById("desk-status");
const undoForm = document.getElementById("desk-undo");
const config = JSON.parse(document.getElementById("wagtail-config").textContent);

let lastCard = null; // where the focus was last
let ahead = null; // {address, fetched}: the next page; one at most, since fetching takes it for this moderator
let busy = false; // while something is sent or fetched: a key then would mean a comment that is about to go
let undos = [...document.querySelectorAll(".messages [data-undo]")].map((button) => button.formAction);

const cards = () => [...document.querySelectorAll("[data-card]")];
const focused = () => document.activeElement?.closest("[data-card]");
const current = () => focused() ?? (lastCard?.isConnected ? lastCard : cards()[0]);
const isAlone = () => document.querySelector("[data-release]") !== null;
const template = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

document.addEventListener("focusin", () => (lastCard = focused() ?? lastCard));

// --- Keys

// Wagtail's dialog of shortcuts gets ours on top.
document.addEventListener("w-dialog:shown", ({ target }) => {
    if (target.id !== "keyboard-shortcuts-dialog" || target.querySelector("[data-key]")) return;
    target.querySelector("thead").after(rows.cloneNode(true));
});

function keyPressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (busy || document.querySelector("dialog[open], .w-dialog:not([aria-hidden])")) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
    const row = rows.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    // A key that is held down leads through the list, and decides once.
    if (!row || (event.repeat && row.dataset.go === "0")) return;
    event.preventDefault();
    if (row.dataset.go === "0") press(row.dataset.press);
    else go(Number(row.dataset.go));
}

function go(step) {
    const all = cards();
    const target = isAlone() || focused() ? all[all.indexOf(current()) + step] : current();
    if (target) return show(target);
    const link = document.querySelector(step > 0 ? "[data-next], .next a[href]" : "[data-previous], .prev a[href]");
    if (link) visit(link.href);
}

function press(selector) {
    if (selector.endsWith("[data-undo]") && undos.length) return send(undoForm, undos.at(-1));
    const found =
        focused()?.querySelector(selector) ??
        [...document.querySelectorAll(selector)].find((element) => !element.closest("[data-card]"));
    // A key means the comment that has the focus. Where none has it, one sees first which it would be.
    if (!found) return focused() || !current() || show(current());
    for (let fold = found.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (found.matches("textarea, select, input:not([type=checkbox])")) found.focus();
    else found.click();
}

function show(card) {
    card.focus({ preventScroll: true });
    const { top, bottom } = card.getBoundingClientRect();
    if (top < parseFloat(getComputedStyle(card).scrollMarginBlockStart) || bottom > innerHeight) {
        card.scrollIntoView({ block: "start" });
    }
}

// Out of a field, back to its card: Escape anywhere, Enter where it would press the first button, "Approve".
document.addEventListener("keydown", (event) => {
    const leaves = event.key === "Escape" || (event.key === "Enter" && event.target.closest("[data-decision] input"));
    if (!leaves || event.isComposing || !event.target.matches("[data-desk] :is(input, textarea, select)")) return;
    const card = event.target.closest("[data-card]") ?? document.querySelector("[data-card]");
    if (!card) return;
    event.preventDefault();
    card.focus();
});
if (config.KEYBOARD_SHORTCUTS_ENABLED) document.addEventListener("keydown", keyPressed);

// --- Decisions

document.addEventListener("submit", async (event) => {
    const form = event.target;
    const button = event.submitter;
    const to = form.matches("[data-decision]") && button?.dataset.decide;
    if (!to && !button?.matches("[data-undo]")) return;
    event.preventDefault();
    if (busy) return;
    if (["rejected", "hidden"].includes(to) && !form.elements.ground.value && !(await chooseGround(form))) return;
    await send(form, button.hasAttribute("formaction") ? button.formAction : form.action, button);
});

async function send(form, address, button = null) {
    busy = true;
    document.getElementById("desk-alert")?.remove();
    const body = new URLSearchParams(new FormData(form, button));
    const ask = { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) };
    let response;
    try {
        response = await fetch(address, ask);
    } catch {
        busy = false;
        document.querySelector("[data-desk]").prepend(template("desk-offline"));
        return;
    }
    // Signed out, or no moderator any more: this page, asked anew, leads to where that is said.
    if (response.redirected) return location.reload();
    const answer = await response.json().catch(() => ({ ok: false }));
    // The page of a refusal says why, and keeps what was typed.
    if (!answer.ok) return submitPlainly(form, address, button);
    undos = undos.filter((each) => each !== address);
    if (form.matches("[data-decision]")) undos.push(new URL(answer.undo_url, location).href);
    status.textContent = answer.message;
    const card = form.closest("[data-card]");
    const next = cards()[cards().indexOf(card) + 1];
    if (!card || !next || isAlone() || !form.matches("[data-decision]")) return visit(answer.next_url, answer, card);
    const line = doneLine(answer);
    card.replaceWith(line);
    recount(card, answer.state);
    show(next);
    busy = false;
}

function submitPlainly(form, address, button) {
    const chosen = form.appendChild(document.createElement("input"));
    Object.assign(chosen, { type: "hidden", name: button?.name ?? "", value: button?.value ?? "" });
    form.action = address;
    form.submit();
}

function doneLine(answer) {
    const line = template("desk-done");
    const button = line.querySelector("button");
    line.querySelector("span").textContent = answer.message;
    if (answer.undo_url) button.formAction = answer.undo_url;
    else button.remove();
    return line;
}

// Let the numbers on top follow `card` into another state; the next page from the server has them again.
function recount(card, state) {
    const numbers = new Intl.NumberFormat(document.documentElement.lang);
    const isReported = new URLSearchParams(location.search).has("reported");
    for (const element of document.querySelectorAll("[data-count]")) {
        const query = element.href && new URL(element.href).searchParams;
        const of = query && (query.get("state") ?? (query.has("reported") ? "reported" : "pending"));
        let by = (of === state) - (of === card.dataset.state);
        if (of === "reported") by = -isReported;
        if (!element.href) by = -(isReported || state !== card.dataset.state); // the list itself
        else if (!element.pathname.includes("reader-comments")) by = 0;
        const old = Number(element.dataset.count);
        element.dataset.count = old + by;
        element.textContent = element.textContent.replace(numbers.format(old), numbers.format(old + by));
    }
}

// Numbers of a page that was fetched ahead may be older than those that are shown, or newer.
function takeNumbers(from, to) {
    const taken = [...from.querySelectorAll("[data-count]")];
    [...to.querySelectorAll("[data-count]")].forEach((element, place) => {
        element.dataset.count = taken[place].dataset.count;
        element.textContent = taken[place].textContent;
    });
}

// --- Other pages of the desk, without leaving this one

async function fetched(address) {
    const response = await fetch(address, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const desk = response.ok && page.querySelector("[data-desk]");
    if (!desk) throw new Error(`${response.status} ${response.url}`);
    return { desk, title: page.title, address: new URL(response.url) };
}

async function visit(address, answer = null, card = null) {
    busy = true;
    const { href, hash } = new URL(address, location);
    const wasAhead = ahead?.address === href && ahead;
    ahead = null;
    try {
        const next = (wasAhead && (await wasAhead.fetched)) || (await fetched(href));
        next.address.hash = hash;
        if (wasAhead && card) recount(card, answer.state);
        if (wasAhead) takeNumbers(document, next.desk);
        // Before it stands what stood before the one that was decided on.
        const before = wasAhead && card && next.desk.querySelector("[data-previous]");
        const old = document.querySelector("[data-previous]");
        if (before) old ? (before.href = old.href) : before.closest("li").remove();
        document.querySelector("[data-desk]").replaceWith(next.desk);
        document.querySelector(".messages")?.replaceChildren();
        history.pushState({ desk: true }, "", next.address);
        document.title = next.title;
    } catch {
        return location.assign(href);
    }
    const target = cards().find(({ id }) => `#${id}` === hash) ?? cards()[0];
    const line = answer && doneLine(answer);
    if (line) target ? target.before(line) : document.querySelector("[data-desk]").prepend(line);
    if (target) show(target);
    else line?.focus();
    busy = false;
    fetchAhead();
}

function fetchAhead() {
    const next = isAlone() && document.querySelector("[data-next]");
    if (!next) return;
    const mine = (ahead = { address: next.href, fetched: fetched(next.href).catch(() => null) });
    mine.fetched.then((page) => page && ahead === mine && !busy && takeNumbers(page.desk, document));
}

history.replaceState({ desk: true }, "");
addEventListener("popstate", (event) => event.state?.desk && location.reload()); // a mere place within it has no state
fetchAhead();
if (isAlone()) show(cards()[0]);

// --- Grounds

function chooseGround(form) {
    const dialog = template("desk-grounds");
    const list = dialog.querySelector("ol");
    const grounds = [...form.elements.ground.options].filter((option) => option.value);
    grounds.forEach((ground, number) => {
        const item = list.appendChild(dialog.querySelector("template").content.firstElementChild.cloneNode(true));
        const button = item.querySelector("button");
        button.value = ground.value;
        button.dataset.key = GROUND_KEYS[number] ?? "";
        item.querySelector("kbd").textContent = button.dataset.key;
        item.querySelector("strong").textContent = ground.label;
        item.querySelector("span").textContent = ground.dataset.text;
    });
    dialog.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !config.KEYBOARD_SHORTCUTS_ENABLED) return;
        dialog.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
    });
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((settle) => {
        dialog.addEventListener("close", () => {
            dialog.remove();
            if (grounds.some(({ value }) => value === dialog.returnValue)) form.elements.ground.value = dialog.returnValue;
            settle(dialog.returnValue !== "");
        });
    });
}
