"""Notes on paper: the document a practice sends out, as a tagged PDF."""
