b "a\qb" {
}
