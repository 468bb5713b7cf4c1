"""Tests of speckit."""
