{
    /* A paste from Google Docs, Word or a web page brings its formatting along, in a field beside the plain text, and a
       file can be dropped on its field. Without a script, the plain text is sent, or a file is chosen. */
    const MOST = 1_500_000; // characters; more than that would not be taken

    const text = document.querySelector("[data-paste]");
    const formatted = document.querySelector("[data-formatted]");
    const note = document.querySelector("[data-pasted]");

    const keep = (html) => {
        formatted.value = html;
        note.hidden = !html;
    };

    text.addEventListener("paste", (event) => {
        const html = event.clipboardData.getData("text/html");
        const isAll = text.value === "" || (text.selectionStart === 0 && text.selectionEnd === text.value.length);
        // Beside other text, nobody could say what of the formatting belongs where.
        keep(isAll && html.length <= MOST ? html : "");
    });
    // What is typed into the plain text is not in the formatted one.
    text.addEventListener("input", (event) => event.inputType !== "insertFromPaste" && keep(""));
    document.querySelector("[data-drop-formatting]").addEventListener("click", () => {
        keep("");
        text.focus();
    });
    keep(formatted.value);

    const place = document.querySelector("[data-file]");
    const file = place.querySelector("input[type=file]");
    place.addEventListener("dragover", (event) => {
        event.preventDefault();
        place.classList.add("is-over");
    });
    place.addEventListener("dragleave", () => place.classList.remove("is-over"));
    place.addEventListener("drop", (event) => {
        event.preventDefault();
        place.classList.remove("is-over");
        file.files = event.dataTransfer.files;
    });
}
