//! Identity pools: what they give to their clients.

/// What an identity pool gives to its clients.
#[derive(Debug)]
pub struct IdentityPool {
    pub type_name: &'static str,
    pub classic_flow: &'static str,
}

static IDENTITY_POOLS: [IdentityPool; 3] = [
    IdentityPool { type_name: "aws_cognito_identity_pool", classic_flow: "allow_classic_flow" },
    IdentityPool { type_name: "AWS::Cognito::IdentityPool", classic_flow: "AllowClassicFlow" },
    IdentityPool { type_name: "awscc_cognito_identity_pool", classic_flow: "allow_classic_flow" },
];

pub fn identity_pool(type_name: &str) -> Option<&'static IdentityPool> {
    IDENTITY_POOLS.iter().find(|pool| pool.type_name == type_name)
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

static POOL_ROLES: [PoolRoles; 3] = [
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
    PoolRoles {
        type_name: "awscc_cognito_identity_pool_role_attachment",
        roles: "roles",
        mappings: "role_mappings",
        ambiguous: "ambiguous_role_resolution",
    },
];

pub fn pool_roles(type_name: &str) -> Option<&'static PoolRoles> {
    POOL_ROLES.iter().find(|roles| roles.type_name == type_name)
}
