"""`python -m eligibility` is the same as `eligibility`."""

from eligibility.cli import main

main()
