"""Pictures as SVG of one look, each with what it shows in words; made from data, without a browser or network."""
