// Prints a routine alone, as a card: the stylesheet hides everything else while it is marked.
"use strict";

{
    const mark = (routine, printed) => {
        document.documentElement.classList.toggle("prints-card", printed);
        routine.classList.toggle("card-to-print", printed);
    };

    for (const button of document.querySelectorAll(".steps-print")) {
        const routine = button.closest(".steps");
        button.addEventListener("click", () => {
            mark(routine, true);
            addEventListener("afterprint", () => mark(routine, false), { once: true });
            print();
        });
    }
}
