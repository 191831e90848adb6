"""Reports: one source document, written as Markdown, HTML, Word or PDF, the same bytes from the same facts."""
