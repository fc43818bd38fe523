//! Any text as a query: no panic, errors and warnings point into it, printing and parsing again
//! is identity.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wirewatch_query::{Context, Language, NoNames, Query, Tool, Use, import};

fuzz_target!(|text: &str| {
    let (partial, errors) = Query::parse_lenient(text);
    for error in &errors {
        assert!(text.get(error.start..error.end).is_some(), "{error:?} is no place in {text:?}");
    }
    let _ = partial.to_string();
    let context = Context { names: &NoNames, languages: &Language::ALL, purpose: Use::Search };
    match Query::parse(text) {
        Err(error) => assert!(text.get(error.start..error.end).is_some(), "{error:?} in {text:?}"),
        Ok(query) => {
            let printed = query.to_string();
            let again = Query::parse(&printed).expect("what is printed can be parsed");
            assert_eq!(query, again, "printed as {printed:?}");
            assert_eq!(printed, again.to_string(), "printing settles at once");
            for warning in query.warnings_in(&context, None) {
                assert!(text.get(warning.start..warning.end).is_some(), "{warning:?} in {text:?}");
            }
            let _ = query.describe(&context);
            let _ = query.resolve(&NoNames, &Language::ALL, Use::Topic);
        }
    }
    for tool in [Tool::Factiva, Tool::Meltwater, Tool::Talkwalker] {
        if let Ok(imported) = import(tool, text) {
            let _ = format!("{imported:?}");
        }
    }
});
