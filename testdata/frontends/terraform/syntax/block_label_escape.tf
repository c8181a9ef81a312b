b "a\tb" {
}
