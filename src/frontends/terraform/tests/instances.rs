//! How long what a root module calls is kept.

use super::super::eval::Evaluator;
use super::super::given::NoFiles;
use super::super::instance::{Instance, Key};
use super::super::{FolderFiles, Module, ModuleFile, Program};
use crate::source::{SourceFile, Sources};
use crate::syntax::hcl;
use std::rc::Rc;

fn module(folder: &str, text: &str, sources: &Sources) -> Module {
    let path = format!("{folder}/a.tf");
    let (id, source) = sources.add(SourceFile::new(path.clone(), path, text.into(), false));
    let tree = hcl::parse(source.text()).tree.into();
    let configuration = vec![ModuleFile { id, source, tree }];
    Module::new(folder.into(), FolderFiles { configuration, ..FolderFiles::default() })
}

#[test]
fn what_a_root_module_calls_goes_with_it() {
    let sources = Sources::default();
    let mut program = Program::default();
    program.add(module("root", "module \"b\" {\n  source = \"../b\"\n}\n", &sources));
    program.add(module("b", "module \"c\" {\n  source = \"../c\"\n}\n", &sources));
    program.add(module("c", "locals {\n  a = 1\n}\n", &sources));
    let evaluator = Evaluator::new(&program, &NoFiles);
    let root = Instance::root(program.module("root").unwrap());
    let of_call = |instance: &Rc<_>, name: &str| evaluator.child(instance, &name.into(), &Key::None).unwrap();
    let (called, calling) = {
        let b = of_call(&root, "b");
        let c = of_call(&b, "c");
        (Rc::downgrade(&b), Rc::downgrade(&c))
    };
    assert!(called.upgrade().is_some() && calling.upgrade().is_some());
    drop(root);
    assert!(called.upgrade().is_none() && calling.upgrade().is_none());
}
