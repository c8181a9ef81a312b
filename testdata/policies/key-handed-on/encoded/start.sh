#!/bin/bash
export AWS_SECRET_ACCESS_KEY=${key} # expect: KEY04
