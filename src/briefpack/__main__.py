"""Run the command line: `python -m briefpack`."""

from briefpack.cli import main

if __name__ == "__main__":
    main(prog_name="briefpack")
