// Shows readers what they gave under an article, as its page is everybody's. Only a browser that has answered asks:
//
//     <div data-mine-url="…">
//         <a data-mine="stars" data-one="You gave 1 star" data-more="You gave 2 stars" hidden></a>
//         <a data-mine="waiting" data-one="1 comment of yours waits …" data-more="2 comments …" href="…" hidden></a>
//         <a data-mine="edit" hidden>Edit</a>
//
// The script puts the number in the place of the 2. The links may stand anywhere in the page.
"use strict";

for (const { dataset } of document.querySelectorAll("[data-mine-url]")) {
    const NOTE = "almanac_answered";

    const tell = (name, count, address) => {
        for (const link of document.querySelectorAll(`[data-mine="${name}"]`)) {
            const { one, more } = link.dataset;
            if (more) link.textContent = count === 1 ? one : more.replace("2", count);
            if (address) link.href = address;
            link.hidden = !count;
        }
    };

    const choose = (stars) => {
        const own = document.querySelector(`#rating [name=stars][value="${stars}"]`);
        // What was chosen meanwhile stays.
        if (own && !document.querySelector("#rating :checked")) own.checked = true;
    };

    const press = (helpful) => {
        for (const field of document.querySelectorAll(".comment [name=helpful]")) {
            const pressed = helpful.includes(field.closest(".comment").id.replace("comment-", ""));
            field.value = pressed ? "0" : "1"; // sent once more, it takes back
            field.form.querySelector("button").setAttribute("aria-pressed", pressed);
        }
    };

    const show = async ({ type }) => {
        try {
            if (type === "answered") localStorage.setItem(NOTE, "1");
            if (!localStorage.getItem(NOTE)) return;
            const mine = await (await fetch(dataset.mineUrl)).json();
            choose(mine.stars);
            press(mine.helpful);
            tell("stars", mine.stars, mine.rating_url);
            tell("waiting", mine.waiting);
            tell("edit", mine.edit_url && 1, mine.edit_url);
        } catch {
            // Nothing is kept here, or nobody answers: the page shows what everybody sees.
        }
    };

    document.addEventListener("answered", show);
    document.addEventListener("shown", show);
    show({ type: "load" });
}
