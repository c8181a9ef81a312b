#!/bin/bash
aws iam create-access-key --user-name bob # expect: KEY01 "terraform_data.script"
export DB_PASSWORD=corr3ct-horse-51 # expect: SEC05
