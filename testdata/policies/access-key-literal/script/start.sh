#!/bin/sh
# expect-below: KEY02 "aws_instance.joined"
export AWS_ACCESS_KEY_ID=@AKIA@
export AWS_REGION=${region}
