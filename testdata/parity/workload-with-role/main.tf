# want:
# strict: ROLE01

resource "aws_iam_role" "work" {
  name = "work"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_ecs_task_definition" "task" {
  family                = "task"
  task_role_arn         = aws_iam_role.work.arn
  container_definitions = jsonencode([{ name = "a", image = "a:1" }])
}

resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({ image = "a:1", jobRoleArn = "arn:aws:iam::111122223333:role/work" })
}
