"""Tags and filters of groups."""
