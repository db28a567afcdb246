package push

// textHeight is the height in points that a text needs in cells with room for
// that many digits of the default font. Heights are estimated, since not every
// program fits rows when it opens a file, and none fits a row to text over
// merged cells.
func textHeight(l look, text string, room float64) float64 {
	return cellHeight(l, cellValue{text: text}, room)
}
