//! What runs code elsewhere than on EC2 and takes a role.

use crate::catalog::registry::{Table, row};

/// Something that runs code elsewhere than on EC2 and takes a role.
#[derive(Debug)]
pub struct Workload {
    pub type_name: &'static str,
    /// In words: `an ECS task definition`.
    pub kind: &'static str,
    /// Where what takes a role stands; empty: the resource. Left out, there is nothing to be given one. May be a document.
    pub at: &'static str,
    /// The role, below that.
    pub role: &'static str,
}

const fn workload(
    type_name: &'static str,
    kind: &'static str,
    at: &'static str,
    role: &'static str,
) -> Workload {
    Workload { type_name, kind, at, role }
}

const ECS: &str = "ECS task definition";
const EXPRESS: &str = "ECS Express service";
const RUNNER: &str = "App Runner service";
const JOB: &str = "Batch job definition";

pub(super) static WORKLOADS: Table<Workload> = Table::new(&[
    workload("aws_ecs_task_definition", ECS, "", "task_role_arn"),
    workload("AWS::ECS::TaskDefinition", ECS, "", "TaskRoleArn"),
    workload("aws_ecs_express_gateway_service", EXPRESS, "", "task_role_arn"),
    workload("AWS::ECS::ExpressGatewayService", EXPRESS, "", "TaskRoleArn"),
    workload("aws_apprunner_service", RUNNER, "", "instance_configuration.instance_role_arn"),
    workload("AWS::AppRunner::Service", RUNNER, "", "InstanceConfiguration.InstanceRoleArn"),
    workload("aws_batch_job_definition", JOB, "container_properties", "jobRoleArn"),
    workload("aws_batch_job_definition", JOB, "ecs_properties", "taskProperties.taskRoleArn"),
    workload("aws_batch_job_definition", JOB, "node_properties", "nodeRangeProperties.container.jobRoleArn"),
    workload("AWS::Batch::JobDefinition", JOB, "ContainerProperties", "JobRoleArn"),
    workload("AWS::Batch::JobDefinition", JOB, "EcsProperties", "TaskProperties.TaskRoleArn"),
    workload("AWS::Batch::JobDefinition", JOB, "NodeProperties", "NodeRangeProperties.Container.JobRoleArn"),
]);

row!(Workload: at, role; kind);

pub fn workloads(type_name: &str) -> impl Iterator<Item = &'static Workload> {
    WORKLOADS.of(type_name)
}
