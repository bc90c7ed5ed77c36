package term

// PlainDigits writes every decimal digit of any script as 0 to 9: what people type into a search may come from any keyboard.
func PlainDigits(text string) string { return plainDigits(text) }
