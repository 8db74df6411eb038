"""Acts of decisions, a file for each noun."""
