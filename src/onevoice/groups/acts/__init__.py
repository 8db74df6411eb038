"""Acts of groups, a file for each noun."""
