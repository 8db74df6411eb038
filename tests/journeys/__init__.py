"""Main paths in a real browser, over the real demonstration, by the visible names of links, buttons and fields."""
