"""Read and check a layout: its keys, tokens, style sheets, fonts and colour profiles."""
