"""Tests on a real JupyterHub."""
