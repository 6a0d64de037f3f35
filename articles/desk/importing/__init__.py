"""“New article from…”: a text that is pasted or a file that is uploaded, reviewed block by block, becomes drafts."""
