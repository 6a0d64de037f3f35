{
    /* Shows on the screen what is meant for paper, and the other way round: there is no second set of print styles. */
    const swapped = { print: "screen", screen: "print" };

    const swap = (rules) => {
        for (const rule of rules) {
            if (rule.media) {
                rule.media.mediaText = rule.media.mediaText.replace(/\b(print|screen)\b/g, (found) => swapped[found]);
            }
            if (rule.cssRules) {
                swap(rule.cssRules);
            }
        }
    };

    for (const sheet of document.styleSheets) {
        swap(sheet.cssRules);
    }
}
