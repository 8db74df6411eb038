"""Tags and filters of look."""
