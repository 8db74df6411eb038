"""Tags and filters of parties."""
