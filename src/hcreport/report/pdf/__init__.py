"""The report as a tagged PDF, and the page numbers that only its pages can tell."""
