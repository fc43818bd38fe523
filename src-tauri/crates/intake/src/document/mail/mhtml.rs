//! Web archives (RFC 2557): a page with its pictures as one MIME message.

use mail_parser::{HeaderValue, Message, MessageParser, PartType};
use wirewatch_model::{ParsedArticle, ProblemKind};

use crate::{Format, Hint, Parsed, clipping, html, read};

/// Whether a message is a saved page and no mail.
pub(super) fn is_web_archive(message: &Message) -> bool {
    let saved = message.header_raw("Snapshot-Content-Location").is_some();
    let by_browser = message.header_raw("From").is_some_and(|from| {
        let from = from.to_ascii_lowercase();
        from.contains("<saved by ")
            || from.contains("saved by windows internet explorer")
            || from.contains("saved by webkit")
    });
    saved || by_browser
}

/// Reads a web archive by the page's way.
pub(in crate::document) fn read(bytes: &[u8], hint: &Hint) -> Parsed {
    let article = MessageParser::default().parse(bytes).and_then(|message| page(&message, hint));
    match article {
        Some(article) => {
            Parsed { format: Format::Mhtml, articles: vec![article], problems: Vec::new(), feed: None }
        }
        None => read::refuse(Format::Mhtml, ProblemKind::Broken, "there is no page in this web archive"),
    }
}

/// The page in a web archive: its first HTML part.
pub(super) fn page(message: &Message, hint: &Hint) -> Option<ParsedArticle> {
    let (part, page) = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(html) => Some((part, html)),
        _ => None,
    })?;
    let text = |name: &str| {
        let value = part.headers.iter().find(|header| header.name.as_str().eq_ignore_ascii_case(name))?;
        match &value.value {
            HeaderValue::Text(text) => clipping::web_address(text),
            _ => None,
        }
    };
    let snapshot =
        message.header_raw("Snapshot-Content-Location").and_then(|url| clipping::web_address(url.trim()));
    let address = snapshot.or_else(|| text("Content-Location"));
    let hint = Hint { url: address.as_deref().or(hint.url), ..*hint };
    Some(html::read(page, &hint))
}
