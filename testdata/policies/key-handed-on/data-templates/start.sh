#!/bin/bash
%{ if key != "" ~}
export AWS_SECRET_ACCESS_KEY=${key} # expect: KEY04 "aws_launch_configuration.read"
%{ endif ~}
