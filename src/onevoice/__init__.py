"""OneVoice: where an inter-agency coordination group agrees, acts and speaks with one voice."""

__version__ = "2026.1"
