b {
  c "d" {
    e {
    }
  }
}
