//! HCL (native syntax, and Terraform's JSON form of it) as one compact tree.

mod tree;

pub use tree::{
    Attribute, BinaryOp, Block, Body, Expr, ExprId, ExprKind, ForExpr, Label, ObjectItem, Part, SplatKind,
    Tree, UnaryOp,
};
