//! Identity pools: what they give to their clients.

use crate::catalog::registry::{Table, row};

/// What an identity pool gives to its clients.
#[derive(Debug)]
pub struct IdentityPool {
    pub type_name: &'static str,
    pub classic_flow: &'static str,
}

static IDENTITY_POOLS: Table<IdentityPool> = Table::new(&[
    IdentityPool { type_name: "aws_cognito_identity_pool", classic_flow: "allow_classic_flow" },
    IdentityPool { type_name: "AWS::Cognito::IdentityPool", classic_flow: "AllowClassicFlow" },
]);

row!(IdentityPool: classic_flow);

pub fn identity_pool(type_name: &str) -> Option<&'static IdentityPool> {
    IDENTITY_POOLS.find(type_name)
}

/// Which roles the clients of an identity pool get.
#[derive(Debug)]
pub struct PoolRoles {
    pub type_name: &'static str,
    pub roles: &'static str,
    pub mappings: &'static str,
    /// In each mapping.
    pub ambiguous: &'static str,
}

static POOL_ROLES: Table<PoolRoles> = Table::new(&[
    PoolRoles {
        type_name: "aws_cognito_identity_pool_roles_attachment",
        roles: "roles",
        mappings: "role_mapping",
        ambiguous: "ambiguous_role_resolution",
    },
    PoolRoles {
        type_name: "AWS::Cognito::IdentityPoolRoleAttachment",
        roles: "Roles",
        mappings: "RoleMappings",
        ambiguous: "AmbiguousRoleResolution",
    },
]);

row!(PoolRoles: roles, mappings, ambiguous);

pub fn pool_roles(type_name: &str) -> Option<&'static PoolRoles> {
    POOL_ROLES.find(type_name)
}
