use super::*;
use crate::system::Disk;
use std::fs;

struct Tree(tempfile::TempDir);

impl Tree {
    fn new(files: &[(&str, &str)]) -> Self {
        let tree = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            tree.write(path, text);
        }
        tree
    }

    fn base(&self) -> PathBuf {
        Disk.canonical(self.0.path()).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.base().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn discover(&self, paths: &[&str], excludes: &[&str]) -> Inventory {
        let paths: Vec<_> = paths.iter().map(|path| self.base().join(path)).collect();
        let excludes: Vec<_> = excludes.iter().map(ToString::to_string).collect();
        discover(&paths, &excludes, &Unconfigured, &Disk)
    }

    /// What was found, relative to the tree, with `!` before what git ignores and `+` before companions.
    fn found(&self, inventory: &Inventory) -> Vec<String> {
        let base = self.base();
        inventory
            .files
            .iter()
            .map(|found| {
                let ignored = if found.git_ignored { "!" } else { "" };
                let companion = if found.companion { "+" } else { "" };
                format!("{companion}{ignored}{}", relative(&base, &found.path))
            })
            .collect()
    }

    fn all(&self, path: &str) -> Vec<String> {
        let inventory = self.discover(&[path], &[]);
        assert_eq!(inventory.problems, []);
        self.found(&inventory)
    }
}

#[test]
fn code_is_found_in_hidden_folders_but_not_in_those_of_tools() {
    let tree = Tree::new(&[
        ("main.tf", ""),
        (".hidden/a.tf", ""),
        ("x.tf/inner.yaml", ""),
        ("notes.md", ""),
        (".git/config.yaml", ""),
        ("node_modules/a/a.json", ""),
        ("m/.terraform/modules/b/b.tf", ""),
    ]);
    assert_eq!(tree.all(""), [".hidden/a.tf", "main.tf", "x.tf/inner.yaml"]);
    assert_eq!(tree.all("m/.terraform/modules"), ["m/.terraform/modules/b/b.tf"]);
}

#[test]
fn what_git_ignores_is_passed_over_except_variables_and_assemblies() {
    let tree = Tree::new(&[
        (".git/HEAD", ""),
        (".git/info/exclude", "local.tf\n"),
        (".gitignore", "*.tfvars\nbuild/\n/sub/gone.tf\n!sub/keep.tfvars\n"),
        ("terraform.tfvars", ""),
        ("local.tf", ""),
        ("build/a.tf", ""),
        ("build/deep/cdk.out/manifest.json", "{}"),
        ("build/deep/cdk.out/S.template.json", "{}"),
        ("sub/gone.tf", ""),
        ("sub/keep.tfvars", ""),
        ("sub/.gitignore", "own.yaml\n"),
        ("sub/own.yaml", ""),
        ("sub/a.tf", ""),
    ]);
    let all = ["!build/deep/cdk.out", "sub/a.tf", "sub/keep.tfvars", "!terraform.tfvars"];
    assert_eq!(tree.all(""), all);
    assert_eq!(tree.all("sub"), ["sub/a.tf", "sub/keep.tfvars"]);
    assert_eq!(tree.all("build"), ["build/a.tf", "build/deep/cdk.out"]);
    assert_eq!(tree.all("sub/gone.tf"), ["+sub/a.tf", "sub/gone.tf", "+sub/keep.tfvars"]);
}

#[test]
fn what_git_tracks_is_not_ignored() {
    let tree = Tree::new(&[
        (".gitignore", "*.tfvars\nbuild/\ncdk.out\n"),
        ("forced.tfvars", ""),
        ("local.tfvars", ""),
        ("build/forced.tf", ""),
        ("build/local.tf", ""),
        ("cdk.out/manifest.json", "{}"),
    ]);
    let names = ["build/forced.tf", "cdk.out/manifest.json", "forced.tfvars"];
    fs::create_dir(tree.base().join(".git")).unwrap();
    fs::write(tree.base().join(".git/index"), super::tracked::tests::index(2, 20, &names)).unwrap();
    assert_eq!(tree.all(""), ["build/forced.tf", "cdk.out", "forced.tfvars", "!local.tfvars"]);
}

#[test]
fn the_root_is_the_work_tree_else_the_folder() {
    let tree = Tree::new(&[
        ("repo/.git", "gitdir: elsewhere"),
        ("repo/env/prod/main.tf", ""),
        ("plain/main.tf", ""),
        ("app/cdk.out/manifest.json", "{}"),
        ("app/cdk.out/assembly-X/manifest.json", "{\"artifacts\": {}, \"a\": \"aws:cloudformation:stack\"}"),
    ]);
    for (path, root) in [
        ("repo/env/prod", "repo"),
        ("repo/env/prod/main.tf", "repo"),
        ("plain", "plain"),
        ("plain/main.tf", "plain"),
        ("app/cdk.out", "app"),
        ("app/cdk.out/manifest.json", "app"),
        ("app/cdk.out/assembly-X", "app"),
        ("app", "app"),
    ] {
        let inventory = tree.discover(&[path], &[]);
        assert_eq!(inventory.roots, [crate::system::Root::new(tree.base().join(root))], "{path}");
        assert_eq!(inventory.files.len(), 1, "{path}");
    }
    let inventory = tree.discover(&["repo/env/prod"], &[]);
    assert_eq!(inventory.files[0].root_path, "env/prod/main.tf");
    assert_eq!(inventory.folders[0].root_path, "env/prod");
}

#[test]
fn an_assembly_is_found_once_and_not_walked() {
    let stack = "{\"artifacts\": {\"S\": {\"type\": \"aws:cloudformation:stack\"}}}";
    let tree = Tree::new(&[
        ("cdk.out/manifest.json", stack),
        ("cdk.out/S.template.json", "{}"),
        ("cdk.out/T.template.json", "{}"),
        ("dist/app/manifest.json", stack),
        ("dist/app/S.template.json", "{}"),
        ("extension/manifest.json", "{\"manifest_version\": 3}"),
        ("half/cdk.out/S.template.json", "{}"),
    ]);
    assert_eq!(
        tree.all(""),
        ["cdk.out", "dist/app", "extension/manifest.json", "half/cdk.out/S.template.json"]
    );
    let only = |paths: &[&str]| {
        let inventory = tree.discover(paths, &[]);
        let [found] = inventory.files.as_slice() else { panic!("{inventory:?}") };
        assert_eq!((found.root_path.as_str(), found.kind), ("cdk.out", Kind::CdkOut));
        found.only.as_ref().map(|only| only.iter().cloned().collect::<Vec<_>>().join(" "))
    };
    assert_eq!(only(&["cdk.out/S.template.json"]).as_deref(), Some("cdk.out/S.template.json"));
    let both = ["cdk.out/T.template.json", "cdk.out/S.template.json", "cdk.out/S.template.json"];
    assert_eq!(only(&both).as_deref(), Some("cdk.out/S.template.json cdk.out/T.template.json"));
    assert_eq!(only(&["cdk.out/S.template.json", "cdk.out"]), None);
    assert_eq!(only(&["cdk.out", "cdk.out/S.template.json"]), None);
}

#[test]
fn a_named_file_brings_its_neighbours_but_only_it_is_reported() {
    let tree = Tree::new(&[("a.tf", ""), ("b.tf", ""), ("c.yaml", ""), ("m/d.tf", "")]);
    let inventory = tree.discover(&["a.tf"], &[]);
    assert_eq!(tree.found(&inventory), ["a.tf", "+b.tf"]);
    let shown = |name: &str| inventory.shown(&tree.base().join(name));
    assert!(inventory.reports([shown("b.tf").as_str(), shown("a.tf").as_str()].into_iter()));
    assert!(!inventory.reports([shown("b.tf").as_str()].into_iter()));
    assert!(!inventory.reports([shown("m/d.tf").as_str()].into_iter()));

    let both = tree.discover(&["a.tf", "m"], &[]);
    assert_eq!(tree.found(&both), ["a.tf", "+b.tf", "m/d.tf"]);
    assert!(both.reports([both.shown(&tree.base().join("m/d.tf")).as_str()].into_iter()));
    assert!(!both.reports([both.shown(&tree.base().join("b.tf")).as_str()].into_iter()));

    let all = tree.discover(&["a.tf", "."], &[]);
    assert_eq!(tree.found(&all), ["a.tf", "b.tf", "c.yaml", "m/d.tf"]);
    assert_eq!(tree.found(&tree.discover(&["c.yaml"], &[])), ["c.yaml"]);
}

#[test]
fn a_path_that_is_not_there_is_bad_usage() {
    let tree = Tree::new(&[("a.tf", "")]);
    let inventory = tree.discover(&["none", "a.tf"], &[]);
    assert_eq!(inventory.problems.len(), 1);
    assert_eq!(inventory.problems[0].kind, crate::findings::ProblemKind::Config);
    assert_eq!(inventory.problems[0].message, "no such file or directory");
    assert_eq!(tree.found(&inventory), ["a.tf"]);
}

#[test]
fn excluded_paths_are_not_found() {
    let tree = Tree::new(&[("a.tf", ""), ("v/b.tf", ""), ("v/w/c.tf", ""), ("d.yaml", "")]);
    let inventory = tree.discover(&["."], &["v/w", "*.yaml"]);
    assert_eq!(tree.found(&inventory), ["a.tf", "v/b.tf"]);
    let absolute = format!("{}/v", tree.base().display());
    assert_eq!(tree.found(&tree.discover(&["."], &[&absolute])), ["a.tf", "d.yaml"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_the_root_only() {
    use std::os::unix::fs::symlink;
    let tree = Tree::new(&[
        ("out/secret.tf", ""),
        ("repo/.git/HEAD", ""),
        ("repo/shared/s.tf", ""),
        ("repo/shared/t.yaml", ""),
        ("repo/env/main.tf", ""),
    ]);
    let base = tree.base();
    symlink("../shared/s.tf", base.join("repo/env/s.tf")).unwrap();
    symlink("../shared/t.yaml", base.join("repo/env/t.yaml")).unwrap();
    symlink("../../out", base.join("repo/env/out")).unwrap();
    symlink("../shared", base.join("repo/env/again")).unwrap();
    symlink("..", base.join("repo/env/loop")).unwrap();
    symlink("self", base.join("repo/env/self")).unwrap();
    let whole = ["repo/env/main.tf", "repo/env/s.tf", "repo/shared/s.tf", "repo/shared/t.yaml"];
    assert_eq!(tree.all("repo"), whole);

    symlink("../../out/secret.tf", base.join("repo/env/x.tf")).unwrap();
    symlink("gone", base.join("repo/env/y.tf")).unwrap();
    let inventory = tree.discover(&["repo"], &[]);
    assert_eq!(tree.found(&inventory), whole);
    let messages: Vec<_> = inventory.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["leads out of the repository, not read", "no such file, or a link to nothing"]);
}

#[cfg(unix)]
#[test]
fn a_link_leads_out_of_what_was_named_but_not_out_of_the_root() {
    use std::os::unix::fs::symlink;
    let tree = Tree::new(&[("repo/.git/HEAD", ""), ("repo/shared/s.tf", ""), ("repo/env/main.tf", "")]);
    symlink("../shared", tree.base().join("repo/env/link")).unwrap();
    let inventory = tree.discover(&["repo/env"], &[]);
    assert_eq!(inventory.problems, []);
    assert_eq!(tree.found(&inventory), ["repo/shared/s.tf", "repo/env/main.tf"]);
    assert!(inventory.files[0].shown.ends_with("repo/env/link/s.tf"));
}

#[cfg(unix)]
#[test]
fn names_may_hold_anything() {
    let tree = Tree::new(&[("a\nb/\u{1b}[31m.tf", ""), ("ü ä.yaml", "")]);
    assert_eq!(tree.all(""), ["a\nb/\u{1b}[31m.tf", "ü ä.yaml"]);
}

#[test]
fn a_binary_without_a_telling_name_is_not_read() {
    let tree = Tree::new(&[("binary", "\0\u{1}ELF"), ("template", "a: b"), ("c.json", "\0")]);
    let inventory = tree.discover(&[""], &[]);
    let lengths: Vec<_> =
        inventory.files.iter().map(|found| inventory.read(found, &Disk).map(|bytes| bytes.len())).collect();
    assert_eq!(lengths, [Ok(0), Ok(1), Ok(4)]);
}

#[test]
fn shown_paths_are_relative_with_dots_where_needed() {
    let path = |text: &str| PathBuf::from(text);
    for (from, to, shown) in [
        ("/a/b", "/a/b/c/d.tf", "c/d.tf"),
        ("/a/b", "/a/c.tf", "../c.tf"),
        ("/a/b", "/x", "../../x"),
        ("/a", "/a", "."),
    ] {
        assert_eq!(relative(&path(from), &path(to)), shown);
    }
}
