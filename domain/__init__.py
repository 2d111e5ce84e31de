"""The rules: plain Python on frozen data, with time as an argument and no input or output."""
