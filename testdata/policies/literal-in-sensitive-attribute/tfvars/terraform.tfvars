password = "given-in-a-file" # expect: SEC01 "aws_rds_cluster.this"
