"""`python -m onevoice.operations COMMAND`, which ./onevoice runs in its environment."""

from onevoice.operations.command import main

main()
