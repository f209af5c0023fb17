"""The version of the engine: part of every receipt."""

VERSION = "0.2.0"
