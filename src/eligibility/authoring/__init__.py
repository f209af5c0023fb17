"""Help for people who begin: skeletons of files with comments, and a profile written by answering questions."""
