#!/bin/bash
export QUEUE_URL="${queue}"
export WORKER_PASSWORD="${password}"
echo "${checksum}" > /etc/batch.sha256
