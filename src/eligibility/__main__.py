"""`python -m eligibility` is the same as `eligibility`."""

from eligibility.start import main

main()
