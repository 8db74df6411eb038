"""Acts of mandates, a file for each noun."""
