"""Rules of procedure as data, the clock, and what a procedure has come to. Pure: no database, no language, no clock."""
