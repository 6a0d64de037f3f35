// Asks once a minute, while the page is seen, how many comments are new, and shows a link that has its place already:
//
//     <section data-news-url="…" data-latest="…">
//         <p role="status" data-news>
//             <a href="?sort=newest#comments" data-one="1 new comment" data-more="2 new comments" hidden></a>
//
// The script puts the number in the place of the 2.
"use strict";

for (const link of document.querySelectorAll("[data-news-url] [data-news] a")) {
    const MINUTE = 60_000; // milliseconds
    const { newsUrl, latest } = link.closest("[data-news-url]").dataset;
    const address = `${newsUrl}?${new URLSearchParams({ since: latest })}`;
    let pause = MINUTE;
    let due = Date.now() + pause;
    let timer;

    const show = (count) => {
        link.textContent = count === 1 ? link.dataset.one : link.dataset.more.replace("2", count);
        link.hidden = !count;
    };

    const ask = async () => {
        try {
            show((await (await fetch(address)).json()).new);
            pause = MINUTE;
        } catch {
            pause = Math.min(2 * pause, 60 * MINUTE);
        }
        due = Date.now() + pause;
        plan();
    };

    const plan = () => {
        clearTimeout(timer);
        if (!document.hidden) timer = setTimeout(ask, Math.max(due - Date.now(), 0));
    };

    link.addEventListener("click", () => {
        // To the same address a browser only jumps.
        if (link.search === location.search) setTimeout(() => location.reload());
    });
    document.addEventListener("visibilitychange", plan);
    plan();
}
