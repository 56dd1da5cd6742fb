"""Plays the supervision of the Dutch Inspectorate of Education against a concept ondersteuningsplan."""

__version__ = "0.1.0"
