resource "aws_sns_topic" "alerts" {
  name = "⟦- name/topic|alerts⟧"
}
