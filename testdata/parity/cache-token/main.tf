# want: SEC01 cache

resource "aws_elasticache_replication_group" "cache" {
  description = "sessions"
  auth_token  = "@PASSWORD@"
}
