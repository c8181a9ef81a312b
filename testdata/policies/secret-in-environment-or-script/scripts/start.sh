#!/bin/bash
export REGION=${region}
# expect-below: SEC05 "aws_launch_template.rendered"
export API_TOKEN=corr3ct-horse-8
%{ if region == "eu-west-1" ~}
export OTHER_TOKEN="$(cat /run/token)"
%{ endif ~}
