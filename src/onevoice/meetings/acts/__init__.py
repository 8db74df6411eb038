"""Acts of meetings, a file for each noun."""
