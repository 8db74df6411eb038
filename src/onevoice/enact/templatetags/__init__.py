"""Tags and filters of enact."""
