"""Fixtures of the record's tests."""

from record.go import go_checks

__all__ = ["go_checks"]
