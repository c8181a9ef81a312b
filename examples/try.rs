#![allow(clippy::all, clippy::print_stdout, clippy::unwrap_used)]
use keyless::frontends::terraform::*;
use keyless::model::*;
use keyless::source::*;
use std::collections::*;
use std::path::*;
use std::sync::Arc;
struct Fs {
    root: PathBuf,
    sources: Arc<Sources>,
}
impl Files for Fs {
    fn read(&self, path: &str) -> Result<(FileId, Arc<SourceFile>), Reason> {
        let t = self.read_unlisted(path)?;
        Ok(self.sources.add(SourceFile::new(path.into(), path.into(), t, false)))
    }
    fn read_unlisted(&self, path: &str) -> Result<String, Reason> {
        std::fs::read_to_string(self.root.join(path)).map_err(|_| Reason::File { path: path.into() })
    }
    fn exists(&self, p: &str) -> Result<bool, Reason> {
        Ok(self.root.join(p).exists())
    }
    fn list(&self, _f: &str) -> Result<Vec<String>, Reason> {
        Ok(vec![])
    }
}
fn walk(p: &Path, out: &mut Vec<PathBuf>) {
    for e in std::fs::read_dir(p).unwrap() {
        let p = e.unwrap().path();
        if p.is_dir() { walk(&p, out) } else { out.push(p) }
    }
}
fn main() {
    let root = PathBuf::from(std::env::args().nth(1).unwrap());
    let all: bool = std::env::args().nth(2).is_some();
    let sources = Arc::new(Sources::default());
    let mut files = vec![];
    walk(&root, &mut files);
    files.sort();
    let t0 = std::time::Instant::now();
    let mut folders: BTreeMap<String, (Vec<ModuleFile>, Vec<ModuleFile>)> = BTreeMap::new();
    use rayon::prelude::*;
    let parsed: Vec<_> = files
        .par_iter()
        .filter(|f| f.extension().is_some_and(|e| e == "tf" || e == "tfvars"))
        .map(|f| {
            let text = std::fs::read_to_string(f).unwrap();
            let rel = f.strip_prefix(&root).unwrap().to_str().unwrap().to_string();
            let (id, source) = sources.add(SourceFile::new(rel.clone(), rel.clone(), text, false));
            let p = keyless::syntax::hcl::parse(source.text());
            (rel, ModuleFile { id, source, tree: p.tree })
        })
        .collect();
    println!("parse {:?}", t0.elapsed());
    for (rel, f) in parsed {
        let dir = rel.rsplit_once('/').map_or("", |x| x.0).to_string();
        let e = folders.entry(dir).or_default();
        if rel.ends_with("tfvars") { e.1.push(f) } else { e.0.push(f) }
    }
    let mut program = Program::default();
    let mut names = BTreeSet::new();
    for (k, (a, b)) in folders {
        names.insert(k.clone());
        program.add(Module::new(k, FolderFiles { configuration: a, values: b, backends: vec![] }));
    }
    let roots = program.roots(&names);
    println!("index {:?} roots {}", t0.elapsed(), roots.len());
    let fs = Fs { root, sources: sources.clone() };
    let keep = |t: &str| {
        all || [
            "aws_instance",
            "aws_launch_template",
            "aws_autoscaling_group",
            "aws_iam_access_key",
            "aws_db_instance",
            "provider.aws",
            "backend.s3",
            "aws_lambda_function",
            "aws_ecs_task_definition",
            "aws_rds_cluster",
        ]
        .contains(&t)
    };
    let traced = BTreeSet::new();
    let ev = evaluate(&program, &roots, &fs, &Options { keep: &keep, traced: &traced, sources: &sources });
    println!("eval {:?}", t0.elapsed());
    let mut n = 0;
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut decl = 0;
    for e in &ev {
        for p in &e.problems {
            println!("{:?}", p);
        }
        decl += e.unit.declarations.len();
        for r in &e.unit.resources {
            n += 1;
            for x in &r.body.as_object().unwrap().entries {
                count(&x.value, &mut reasons, &r.address);
            }
        }
    }
    println!("resources {n} of {} decl {decl}", ev.iter().map(|e| e.resources).sum::<usize>());
    let mut v: Vec<_> = reasons.into_iter().collect();
    v.sort_by_key(|x| std::cmp::Reverse(x.1));
    for (k, c) in v.iter().take(60) {
        println!("{c} {k}");
    }
}
fn count(v: &Value, m: &mut BTreeMap<String, usize>, a: &str) {
    match &v.kind {
        Kind::Unknown(u) => {
            let k = match &u.reason {
                Reason::Invalid { message } => format!("Invalid {message} @ {a}"),
                Reason::Undeclared { name } => format!("Undeclared {name}"),
                Reason::Unsupported { what } => format!("Unsupp {what}"),
                r => format!("{r:?}").split_whitespace().next().unwrap().to_string(),
            };
            *m.entry(k).or_default() += 1
        }
        Kind::List(l) => l.iter().for_each(|x| count(x, m, a)),
        Kind::Object(o) => o.entries.iter().for_each(|e| count(&e.value, m, a)),
        Kind::Choice(c) => {
            *m.entry("choice".into()).or_default() += 1;
            count(&c.then, m, a);
            count(&c.otherwise, m, a)
        }
        _ => *m.entry("known".into()).or_default() += 1,
    }
}
