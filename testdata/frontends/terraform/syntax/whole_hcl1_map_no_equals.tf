resource "a" "b" {
  tags {
    "x" = 1
  }
}
