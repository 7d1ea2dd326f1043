"""The reasoning of the workbench: frames and arrays in, frames and arrays out.

Nothing here opens a file, a database or a clock, and nothing here imports `workbench`.
"""
