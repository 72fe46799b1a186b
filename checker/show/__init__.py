"""Everything about how things look: words, number formats, colours, tables and charts."""
