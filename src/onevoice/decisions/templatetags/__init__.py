"""Tags and filters of decisions."""
