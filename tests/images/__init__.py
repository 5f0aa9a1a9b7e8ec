"""Tests of the room that reads and prepares images."""
