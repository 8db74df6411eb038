"""Tags and filters of notices."""
