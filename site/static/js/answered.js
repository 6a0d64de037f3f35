// Notes that this browser has answered, so that article pages ask what it gave; others spare that request.
"use strict";

try {
    localStorage.setItem("almanac_answered", "1");
} catch {
    // Then pages show what they show to everybody.
}
