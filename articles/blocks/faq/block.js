// Opens the question that the address names, in browsers that do not do so by themselves.
"use strict";

{
    const open = () => {
        const target = document.getElementById(location.hash.slice(1));
        const fold = target?.closest("details:not([open])");
        if (fold) {
            fold.open = true;
            target.scrollIntoView();
        }
    };

    open();
    addEventListener("hashchange", open);
}
