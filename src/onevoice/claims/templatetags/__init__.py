"""Tags and filters of claims."""
