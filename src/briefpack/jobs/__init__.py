"""Do the work of one process: draw a chart, compose pages, lay out a piece, bind a document."""
