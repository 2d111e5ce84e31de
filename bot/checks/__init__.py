"""The parts of `bugle check`: each looks at one thing and yields what it finds."""
