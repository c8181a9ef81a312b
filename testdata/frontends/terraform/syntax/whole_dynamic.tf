resource "a" "b" {
  dynamic "c" {
    for_each = { for k, v in var.m : k => v if v.on }
    iterator = it
    content {
      d = it.value.d
    }
  }
}
