"""The program for assistants: the commands as tools of the Model Context Protocol. They draft; it decides."""
