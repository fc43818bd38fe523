//! A night's news that is made up, in several scripts, with copies, gaps and hostile headlines.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use wirewatch_digest::{Material, Templates};
use wirewatch_model::{
    Article, ArticleId, Curation, Field, Health, Hit, Level, Match, NewSource, ParsedArticle, Period,
    Published, Source, SourceId, SourceKind, SourceState, StoryId, StoryOrder, Topic, TopicId, TopicVersion,
};

/// Everything that [`Material`] borrows.
pub(crate) struct Night {
    pub(crate) topics: Vec<Topic>,
    pub(crate) articles: Vec<Article>,
    pub(crate) corrected: Vec<Article>,
    pub(crate) sources: Vec<Source>,
    pub(crate) volume: Vec<(TopicId, Vec<u32>)>,
    pub(crate) scanned: u64,
    pub(crate) curation: Curation,
}

/// Ours.
pub(crate) fn templates() -> Templates {
    Templates::default()
}

impl Night {
    pub(crate) fn material(&self) -> Material<'_> {
        Material {
            name: "Daily digest",
            period: Period { from: at("2026-11-23T06:30:00Z"), to: at("2026-11-24T06:30:00Z") },
            made_at: at("2026-11-24T06:30:00Z"),
            zone: Tz::Europe__Berlin,
            topics: &self.topics,
            articles: &self.articles,
            corrected: &self.corrected,
            sources: &self.sources,
            scanned: self.scanned,
            volume: &self.volume,
            cap: usize::MAX,
            preferred: &[],
            order: StoryOrder::Newest,
            curation: &self.curation,
        }
    }
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).expect("a moment written as RFC 3339").to_utc()
}

pub(crate) fn topic(name: &str) -> Topic {
    Topic {
        id: TopicId::from_name(name),
        name: name.into(),
        query: name.into(),
        level: Level::Digest,
        languages: vec!["en".into()],
        version: TopicVersion(1),
        matches: 0,
    }
}

/// An article of its own story, matching these topics wherever one of these words stands in the body.
pub(crate) fn article(id: i64, title: &str, text: &str, topics: &[&str], words: &[&str]) -> Article {
    let hits: Vec<Hit> = words
        .iter()
        .flat_map(|word| text.match_indices(word))
        .map(|(start, word)| Hit { field: Field::Body, start, end: start + word.len() })
        .collect();
    let matched = |name: &&str| Match {
        topic: TopicId::from_name(name),
        version: TopicVersion(1),
        hits: hits.clone(),
        sentence: String::new(),
    };
    let published = at("2026-11-24T05:12:00Z") - TimeDelta::minutes(97 * (20 - id).abs());
    Article {
        id: ArticleId(id),
        source: SourceId(1),
        source_name: "Morning Wire".into(),
        story: StoryId(id),
        first_seen: published + TimeDelta::minutes(2),
        read: false,
        starred: false,
        content: ParsedArticle {
            title: title.into(),
            publisher: Some("Morning Wire".into()),
            published: Some(Published::At(published)),
            url: Some(format!("https://wire.example/news/{id}")),
            language: Some("en".into()),
            text: text.into(),
            ..ParsedArticle::default()
        },
        matches: topics.iter().map(matched).collect(),
        revisions: Vec::new(),
    }
}

pub(crate) fn source(id: i64, name: &str, state: SourceState, last: Option<&str>, message: &str) -> Source {
    Source {
        id: SourceId(id),
        spec: NewSource {
            kind: SourceKind::Feed,
            name: name.into(),
            location: format!("https://{id}.example/feed"),
            label: None,
            every: None,
            full_text: false,
            alert_existing: false,
        },
        level: None,
        health: Health {
            last_checked: last.map(|_| at("2026-11-24T06:25:00Z")),
            last_success: last.map(at),
            next_check: None,
            failures: 0,
            state,
            message: message.into(),
        },
    }
}

/// A copy of an article, carried by another outlet later.
pub(crate) fn copy(of: &Article, id: i64, outlet: &str) -> Article {
    let mut copy = of.clone();
    copy.id = ArticleId(id);
    copy.content.publisher = Some(outlet.into());
    copy.content.url = Some(format!("https://{}.example/{id}", outlet.to_lowercase().replace(' ', "-")));
    copy
}

const RELATIONS: &str = "US–Russia relations";
const ELECTIONS: &str = "Election interference";
const TERROR: &str = "Counter-terrorism";
const GREECE: &str = "Ενέργεια στο Αιγαίο";

/// The sample night.
pub(crate) fn night() -> Night {
    let mut sochi = article(
        11,
        "It's Time for New U.S.-Russia Relations, Minister Tells Secretary",
        "SOCHI, Nov 23 (Wire) - The Russian foreign minister told the U.S. secretary of state on Monday it was \
         time for Moscow and Washington to put aside years of mistrust and find a way to work together.\n\n\
         The two are in the Black Sea resort for talks. Ties between the two countries have been poisoned by \
         allegations — denied by Moscow — that Russia tried to influence the results of the U.S. presidential \
         election, and by differences over Venezuela, Iran, Syria and Ukraine.",
        &[RELATIONS],
        &["Moscow", "Washington", "Russian", "U.S."],
    );
    let meddling = article(
        11,
        "",
        &sochi.content.text,
        &[ELECTIONS],
        &["influence the results", "presidential election"],
    );
    sochi.matches.extend(meddling.matches);
    let mut russian = article(
        12,
        "Переговоры в Сочи: «новая матрица» российско-американских отношений",
        "Министр иностранных дел заявил в понедельник, что Москве и Вашингтону пора отложить годы недоверия. \
         Стороны обсудили Сирию, Украину и контроль над вооружениями. По его словам, Россия готова к диалогу с США.",
        &[RELATIONS],
        &["Москве", "Вашингтону", "Россия", "США"],
    );
    russian.content.publisher = Some("Утренний вестник".into());
    russian.content.language = Some("ru".into());
    let mut ukrainian = article(
        13,
        "Київ очікує ґрунтовних перемовин: її позиція щодо виборів не змінюється",
        "У Києві заявили, що втручання у вибори залишається загрозою. Речниця додала: ціна питання — 5 млрд ₴, або 110 млн €.",
        &[ELECTIONS],
        &["втручання у вибори"],
    );
    ukrainian.content.publisher = Some("Ранкова пошта".into());
    ukrainian.content.language = Some("uk".into());
    let mut greek = article(
        14,
        "Η Αθήνα ανακοινώνει νέα σύνδεση ηλεκτρικής ενέργειας με τα νησιά",
        "Η κυβέρνηση παρουσίασε τη Δευτέρα σχέδιο για τα νησιά του Αιγαίου. Το έργο κοστίζει 1,2 δισ. € και ολοκληρώνεται το 2029.",
        &[GREECE],
        &["Αιγαίου"],
    );
    greek.content.publisher = Some("Πρωινή Εφημερίδα".into());
    greek.content.language = Some("el".into());
    let mut brief = article(
        15,
        "Three held after raid on alleged cell",
        "Police arrested three people on Monday night. Investigators say the group had planned an attack on a railway \
         station; a prosecutor spoke of terrorism charges.",
        &[TERROR],
        &["attack", "terrorism"],
    );
    brief.content.summary_only = true;
    let mut hostile = article(
        16,
        "#panic(\"x\") <script>alert(1)</script> [a](javascript:alert(2)) *b* $x$ @cite `c` = d",
        "<img src=x onerror=alert(1)> & \"troll farm\" said #read(\"/etc/passwd\") and {{ 7 * 7 }}.",
        &[ELECTIONS],
        &["troll farm"],
    );
    hostile.content.url = Some("javascript:alert(1)".into());
    let mut dated = article(
        17,
        "Senate panel publishes its report on foreign meddling",
        "The panel named no names. It found that accounts run from abroad had reached millions of voters.",
        &[ELECTIONS],
        &["voters"],
    );
    dated.content.published =
        Some(Published::Day(NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day of the calendar")));
    dated.content.lead = Some("A report of 300 pages says what was known, and when.".into());

    let copies = [
        copy(&sochi, 18, "Black Sea Herald"),
        copy(&sochi, 19, "The Evening Post"),
        copy(&sochi, 20, "black sea herald"),
    ];
    let mut articles = vec![sochi, russian, ukrainian, greek, brief, hostile, dated];
    articles.extend(copies);
    articles.sort_by_key(|article| std::cmp::Reverse(article.id));
    Night {
        topics: [RELATIONS, ELECTIONS, TERROR, GREECE, "Press freedom"].map(topic).to_vec(),
        articles,
        corrected: Vec::new(),
        curation: Curation::default(),
        sources: vec![
            source(1, "Morning Wire", SourceState::Ok, Some("2026-11-24T06:25:00Z"), ""),
            source(2, "Clippings", SourceState::Ok, Some("2026-11-24T06:25:00Z"), ""),
            source(
                3,
                "Ministry press page",
                SourceState::Failing,
                Some("2026-11-23T20:10:00Z"),
                "the server answered 503 Service Unavailable",
            ),
            source(4, "Regional feed", SourceState::Ok, Some("2026-11-22T10:00:00Z"), ""),
            source(5, "New blog", SourceState::New, None, ""),
        ],
        volume: [(RELATIONS, 3), (ELECTIONS, 7), (TERROR, 2), (GREECE, 1)]
            .map(|(name, step)| {
                (TopicId::from_name(name), (0..28).map(|day| (day * step * 7 + step) % 11).collect())
            })
            .to_vec(),
        scanned: 1204,
    }
}
