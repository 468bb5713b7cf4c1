"""`python -m speckit.cli`."""

from speckit.cli import main

main()
