"""Checks a deployed stack and its settings: one line for each thing that has to be so."""
