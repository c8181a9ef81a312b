//! What a client says of itself, and what the server says it can do in return.

use super::text::Encoding;
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, DiagnosticOptions,
    DiagnosticServerCapabilities, FileOperationFilter, FileOperationPattern,
    FileOperationRegistrationOptions, HoverProviderCapability, OneOf, PositionEncodingKind, SaveOptions,
    ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, WorkDoneProgressOptions, WorkspaceFileOperationsServerCapabilities,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use serde_json::{Value, json};

/// Of `source.fixAll`, what keyless does.
pub(super) const FIX_ALL: &str = "source.fixAll.keyless";

/// What a client can. Read piece by piece: one that says something unheard of in one place is understood in the others.
#[derive(Debug, Default, Clone)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    pub(super) related_information: bool,
    pub(super) code_description: bool,
    pub(super) versions: bool,
    /// Asks for diagnostics, and can be told to ask again.
    pub(super) pulls: bool,
    pub(super) code_action_literals: bool,
    pub(super) disabled_actions: bool,
    pub(super) preferred_actions: bool,
    /// Actions may come without their edit, which is asked for when it is needed.
    pub(super) resolves_edits: bool,
    pub(super) document_changes: bool,
    pub(super) snippets: bool,
    pub(super) markdown: bool,
    pub(super) links: bool,
    pub(super) progress: bool,
    pub(super) configuration: bool,
    pub(super) registers_configuration: bool,
    pub(super) registers_files: bool,
}

impl Client {
    /// Of the parameters of `initialize`.
    pub(super) fn new(params: &Value) -> Self {
        let at = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let can = |path: &str| at(path).and_then(Value::as_bool).unwrap_or(false);
        let lists = |path: &str, wanted: &str| {
            at(path).and_then(Value::as_array).is_some_and(|list| list.iter().any(|one| one == wanted))
        };
        let asks = at("textDocument/diagnostic").is_some_and(Value::is_object);
        Self {
            encoding: encoding(at("general/positionEncodings")),
            related_information: can("textDocument/publishDiagnostics/relatedInformation"),
            code_description: can("textDocument/publishDiagnostics/codeDescriptionSupport"),
            versions: can("textDocument/publishDiagnostics/versionSupport"),
            pulls: asks && can("workspace/diagnostics/refreshSupport"),
            code_action_literals: at("textDocument/codeAction/codeActionLiteralSupport").is_some(),
            disabled_actions: can("textDocument/codeAction/disabledSupport"),
            preferred_actions: can("textDocument/codeAction/isPreferredSupport"),
            resolves_edits: can("textDocument/codeAction/dataSupport")
                && lists("textDocument/codeAction/resolveSupport/properties", "edit"),
            document_changes: can("workspace/workspaceEdit/documentChanges"),
            snippets: can("workspace/workspaceEdit/documentChanges")
                && can("workspace/workspaceEdit/snippetEditSupport"),
            markdown: at("textDocument/hover/contentFormat").is_none()
                || lists("textDocument/hover/contentFormat", "markdown"),
            links: can("textDocument/definition/linkSupport"),
            progress: can("window/workDoneProgress"),
            configuration: can("workspace/configuration"),
            registers_configuration: can("workspace/didChangeConfiguration/dynamicRegistration"),
            registers_files: can("workspace/didChangeWatchedFiles/dynamicRegistration"),
        }
    }

    /// What is said in return.
    pub(super) fn answer(&self) -> Value {
        json!({
            "capabilities": self.capabilities(),
            "serverInfo": {"name": "keyless", "version": env!("CARGO_PKG_VERSION")},
        })
    }

    fn capabilities(&self) -> ServerCapabilities {
        let no_progress = WorkDoneProgressOptions::default();
        let kinds = vec![CodeActionKind::QUICKFIX, CodeActionKind::new(FIX_ALL)];
        ServerCapabilities {
            position_encoding: Some(PositionEncodingKind::new(self.encoding.as_str())),
            text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions {
                    include_text: Some(false),
                })),
                ..TextDocumentSyncOptions::default()
            })),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            definition_provider: Some(OneOf::Left(true)),
            code_action_provider: self.code_action_literals.then_some(CodeActionProviderCapability::Options(
                CodeActionOptions {
                    code_action_kinds: Some(kinds),
                    resolve_provider: Some(self.resolves_edits),
                    work_done_progress_options: no_progress,
                },
            )),
            diagnostic_provider: self.pulls.then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("keyless".to_owned()),
                    inter_file_dependencies: true,
                    workspace_diagnostics: false,
                    work_done_progress_options: no_progress,
                })
            }),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: Some(WorkspaceFileOperationsServerCapabilities {
                    did_create: Some(every_file()),
                    did_rename: Some(every_file()),
                    did_delete: Some(every_file()),
                    ..WorkspaceFileOperationsServerCapabilities::default()
                }),
            }),
            ..ServerCapabilities::default()
        }
    }
}

fn encoding(offered: Option<&Value>) -> Encoding {
    let offers =
        |name: &str| offered.and_then(Value::as_array).is_some_and(|list| list.iter().any(|one| one == name));
    if offers("utf-8") {
        Encoding::Utf8
    } else if offers("utf-32") && !offers("utf-16") {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}

fn every_file() -> FileOperationRegistrationOptions {
    let pattern = FileOperationPattern { glob: "**/*".to_owned(), matches: None, options: None };
    let filter = FileOperationFilter { scheme: Some("file".to_owned()), pattern };
    FileOperationRegistrationOptions { filters: vec![filter] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_agreed_on() {
        for (offered, expected) in [
            (json!({}), "utf-16"),
            (json!({"general": {"positionEncodings": ["utf-16"]}}), "utf-16"),
            (json!({"general": {"positionEncodings": ["utf-16", "utf-8"]}}), "utf-8"),
            (json!({"general": {"positionEncodings": ["utf-32"]}}), "utf-32"),
            (json!({"general": {"positionEncodings": "utf-8"}}), "utf-16"),
            (json!(null), "utf-16"),
        ] {
            let client = Client::new(&json!({"capabilities": offered}));
            assert_eq!(client.answer()["capabilities"]["positionEncoding"], expected, "{offered}");
        }
    }

    #[test]
    fn who_cannot_be_told_to_ask_again_is_told_without_asking() {
        let asks = json!({"textDocument": {"diagnostic": {}}});
        assert!(!Client::new(&json!({"capabilities": asks})).pulls);
        let refreshes = json!({"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}});
        let client = Client::new(&json!({"capabilities": refreshes}));
        assert_eq!(client.answer()["capabilities"]["diagnosticProvider"]["interFileDependencies"], true);
    }
}
