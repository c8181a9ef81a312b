//! A text of arguments taken apart, as Terraform does with `TF_CLI_ARGS`: blanks, quotes and backslashes of a shell.

/// Nothing where a quote does not end: Terraform refuses to run then.
pub(super) fn split(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        match character {
            ' ' | '\t' | '\n' | '\r' => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.next()? {
                        '\'' => break,
                        quoted => word.push(quoted),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.next()? {
                        '"' => break,
                        '\\' => match rest.next()? {
                            escaped @ ('"' | '\\' | '$' | '`') => word.push(escaped),
                            other => word.extend(['\\', other]),
                        },
                        quoted => word.push(quoted),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(rest.next()?),
            plain => word.get_or_insert_default().push(plain),
        }
    }
    words.extend(word);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words_are_those_of_a_shell() {
        for (text, expected) in [
            ("", vec![]),
            (" -var a=1  -no-color\n", vec!["-var", "a=1", "-no-color"]),
            ("-var 'a=b c' -var=\"d=\\\"e f\\\"\"", vec!["-var", "a=b c", "-var=d=\"e f\""]),
            ("a\\ b ''", vec!["a b", ""]),
        ] {
            assert_eq!(split(text).unwrap(), expected, "{text}");
        }
        for open in ["'a", "\"a", "a\\"] {
            assert_eq!(split(open), None, "{open}");
        }
    }
}
