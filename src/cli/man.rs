//! `keyless man`: the manual, a page a command.

use super::args::{Args, Man};
use super::errors::errors;
use super::{CLEAN, Done, NOT_JUDGED};
use crate::findings::selection::closest;
use crate::system::{System, explain};
use clap::{Command, CommandFactory};
use std::io::{self, Write};

pub(super) fn run(arguments: &Man, system: &dyn System, out: &mut dyn Write) -> Done {
    let pages = pages();
    if let Some(folder) = &arguments.output_dir {
        let written = pages.iter().try_for_each(|page| {
            let path = folder.join(page.get_filename());
            let failed = |error| io::Error::other(format!("{}: {}", path.display(), explain(&error)));
            system.replace(&path, &rendered(page)?).map_err(failed)
        });
        return Done { code: CLEAN, written };
    }
    let wanted = match &arguments.command {
        Some(command) => format!("keyless-{}", command.replace(' ', "-")),
        None => "keyless".to_owned(),
    };
    match pages.iter().find(|page| stem(page) == wanted) {
        Some(page) => Done { code: CLEAN, written: rendered(page).and_then(|page| out.write_all(&page)) },
        None => {
            let names: Vec<String> = pages.iter().map(stem).collect();
            let said = wanted.trim_start_matches("keyless-").to_owned();
            let known = names.iter().filter_map(|name| name.strip_prefix("keyless-"));
            let hint =
                closest(&said, known).map_or(String::new(), |hint| format!("; did you mean `{hint}`?"));
            let written = writeln!(errors(), "keyless: no command is called `{}`{hint}", said.escape_debug());
            Done { code: NOT_JUDGED, written }
        }
    }
}

/// Ours first, then each command's, and each of its own commands'.
fn pages() -> Vec<clap_mangen::Man> {
    let mut command = Args::command();
    command.build();
    let mut pages = Vec::new();
    collect(&command, "keyless", &mut pages);
    pages
}

fn collect(command: &Command, name: &str, pages: &mut Vec<clap_mangen::Man>) {
    let known = command.clone().display_name(name.to_owned());
    pages.push(clap_mangen::Man::new(known));
    for below in command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help")
    {
        collect(below, &format!("{name}-{}", below.get_name()), pages);
    }
}

fn stem(page: &clap_mangen::Man) -> String {
    page.get_filename().trim_end_matches(".1").to_owned()
}

fn rendered(page: &clap_mangen::Man) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    page.render(&mut text)?;
    Ok(text)
}
