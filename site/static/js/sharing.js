// Sharing: what the browser itself can do. Without this script there is the link that writes an e-mail.
"use strict";

{
    const sharing = document.querySelector(".sharing");

    if (sharing) {
        const { address, title } = sharing.dataset;
        const status = sharing.querySelector("[role=status]");
        const tell = (words) => {
            status.textContent = words;
        };
        const ways = {
            // Who closes the sheet again has not failed.
            native: navigator.share && (() => navigator.share({ title, url: address }).catch(() => {})),
            copy:
                navigator.clipboard &&
                (() =>
                    navigator.clipboard.writeText(address).then(
                        () => tell(status.dataset.copied),
                        () => tell(status.dataset.failed),
                    )),
            print: () => print(),
        };

        for (const button of sharing.querySelectorAll("[data-share]")) {
            const way = ways[button.dataset.share];
            if (!way) continue;
            button.closest("[hidden]").hidden = false;
            button.addEventListener("click", way);
        }
    }
}
