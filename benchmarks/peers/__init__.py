"""Packages for the same purpose, measured in an environment of their own."""
