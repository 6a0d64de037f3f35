"""Structured articles: what they are made of, and how they come in and go out."""
