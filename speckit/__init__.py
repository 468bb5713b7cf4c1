"""speckit turns a folder of research into a reviewed design spec."""

__version__ = "0.1.0"
