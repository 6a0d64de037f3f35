// Puts a provider's player in the place of the poster, when a reader asks for it and not before.
"use strict";

{
    for (const button of document.querySelectorAll(".video-play")) {
        button.hidden = false;
        button.addEventListener("click", () => {
            const player = document.createElement("iframe");
            player.src = `${button.dataset.player}&autoplay=1`; // The reader has pressed play already.
            player.title = button.dataset.title;
            player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
            player.allowFullscreen = true;
            player.referrerPolicy = "strict-origin"; // As little as the players take: they refuse to play without.
            button.parentElement.replaceChildren(player);
            player.focus();
        });
    }
}
