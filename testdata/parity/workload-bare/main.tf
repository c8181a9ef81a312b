# want: ROLE01 task warning, ROLE01 job warning
# strict: ROLE01

resource "aws_ecs_task_definition" "task" {
  family                = "task"
  container_definitions = jsonencode([{ name = "a", image = "a:1" }])
}

resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({ image = "a:1" })
}
