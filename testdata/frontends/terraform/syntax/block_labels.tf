b "x" y "z" {
}
