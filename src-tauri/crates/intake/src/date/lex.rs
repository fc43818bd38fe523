//! The tokens of a date.

use chrono::{NaiveDate, NaiveTime};

use super::zone::{self, Zone};
use super::{numeric, week_date, words};

/// A piece of a date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token {
    /// A weekday, a preposition, punctuation: says nothing that the rest does not.
    Filler,
    /// A whole day in figures.
    Day(NaiveDate),
    /// A month's name.
    Month(u32),
    /// A month's name, or a weekday's if there is another month.
    MonthOrWeekday(u32),
    /// A number beside a month's name.
    Number { value: u32, digits: usize },
    /// A time of day.
    Clock(Clock),
    /// `pm` if true, else `am`.
    Afternoon(bool),
    /// A word that only Koreans use; their times are meant in their only zone.
    Korean,
    /// A zone's name or an offset.
    Zone(Zone),
    /// A word in capitals that is nothing known.
    Capitals,
}

/// A time of day; `24:00` is midnight, a day on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Clock {
    pub(super) time: NaiveTime,
    pub(super) days_over: i64,
}

impl Clock {
    fn new(hour: u32, minute: u32, second: u32) -> Option<Clock> {
        if second > 60 {
            return None;
        }
        // A leap second counts as the second before it.
        let time = NaiveTime::from_hms_opt(if hour == 24 { 0 } else { hour }, minute, second.min(59))?;
        Some(Clock { time, days_over: i64::from(hour == 24) })
    }

    /// Reads 9:30 as 21:30 if `pm`. A 24-hour time with a superfluous `pm` stays what it is.
    pub(super) fn on_the_twelve_hour_dial(self, pm: bool) -> Option<Clock> {
        use chrono::Timelike;
        let hour = match (self.time.hour(), pm) {
            (12, false) => 0,
            (hour @ 1..=11, true) => hour + 12,
            (hour, _) => hour,
        };
        Some(Clock { time: self.time.with_hour(hour)?, ..self })
    }
}

/// The tokens of a text, `None` if something in it does not belong in a date.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut lexer = Lexer { rest: text, tokens: Vec::new() };
    while let Some(first) = lexer.rest.chars().next() {
        lexer.step(first)?;
    }
    Some(lexer.tokens)
}

struct Lexer<'a> {
    rest: &'a str,
    tokens: Vec<Token>,
}

impl<'a> Lexer<'a> {
    fn step(&mut self, first: char) -> Option<()> {
        if first.is_ascii_digit() {
            return self.number();
        }
        if first.is_alphabetic() {
            return self.word();
        }
        if matches!(first, '+' | '-' | '−') && self.after_a_time() && self.offset(first) {
            return Some(());
        }
        if !first.is_whitespace() && !",.()|·•-–—/:'’".contains(first) {
            return None;
        }
        self.rest = self.rest.get(first.len_utf8()..)?;
        Some(())
    }

    fn push(&mut self, token: Token, rest: &'a str) -> Option<()> {
        self.tokens.push(token);
        self.rest = rest;
        Some(())
    }

    fn after_a_time(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Clock(_)))
    }

    /// `+0200`, `+02:00`, `+2`.
    fn offset(&mut self, sign: char) -> bool {
        let Some(after) = self.rest.get(sign.len_utf8()..) else { return false };
        let (hours, rest) = digits(after);
        let (minutes, rest) = match rest.strip_prefix(':') {
            Some(behind) => digits(behind),
            None => ("", rest),
        };
        let (hours, minutes) =
            if hours.len() == 4 && minutes.is_empty() { hours.split_at(2) } else { (hours, minutes) };
        let seconds = match (hours.len(), minutes.len()) {
            // A digit may have been cut off: `+00:0`.
            (1 | 2, 0..=2) => number(hours) * 3600 + number(minutes) * 60,
            _ => return false,
        };
        let Some(zone) = Zone::offset(if sign == '+' { 1 } else { -1 }, seconds) else { return false };
        self.push(Token::Zone(zone), rest).is_some()
    }

    fn number(&mut self) -> Option<()> {
        let (token, rest) = clock(self.rest)
            .or_else(|| week_or_ordinal(self.rest))
            .or_else(|| day_in_figures(self.rest))
            .or_else(|| compact_day(self.rest))
            .or_else(|| self.compact_clock())
            .or_else(|| lone_number(self.rest))?;
        if self.rest.contains('년') {
            self.tokens.push(Token::Korean);
        }
        self.push(token, rest)
    }

    /// `093000` behind the `T` of a compact ISO date.
    fn compact_clock(&self) -> Option<(Token, &'a str)> {
        let (run, rest) = digits(self.rest);
        if !matches!(self.tokens.last(), Some(Token::Day(_))) || !matches!(run.len(), 4 | 6) {
            return None;
        }
        let part = |from: usize| run.get(from..from + 2).map_or(0, number);
        Some((Token::Clock(Clock::new(part(0), part(2), part(4))?), skip_fraction(rest)))
    }

    fn word(&mut self) -> Option<()> {
        let (word, rest) = self.rest.split_at(word_length(self.rest));
        // The T of ISO 8601 stands between date and time, its Z after the time.
        if word.eq_ignore_ascii_case("t") && rest.starts_with(|c: char| c.is_ascii_digit()) {
            self.rest = rest;
            return Some(());
        }
        if let Some((zone, rest)) = zone::iana(self.rest) {
            return self.push(Token::Zone(zone), rest);
        }
        let lower = word.to_lowercase();
        let token = if word == "AT" && self.after_a_time() {
            // Elsewhere it is a preposition.
            Token::Zone(Zone::ATLANTIC)
        } else if let Some(month) = words::month(&lower) {
            if words::is_weekday_or_month(&lower) {
                Token::MonthOrWeekday(month)
            } else {
                Token::Month(month)
            }
        } else if words::is_weekday(&lower) || words::is_filler(&lower) {
            Token::Filler
        } else if let Some(pm) = words::afternoon(&lower) {
            if !word.is_ascii() {
                self.tokens.push(Token::Korean);
            }
            Token::Afternoon(pm)
        } else if let Some(zone) = zone::named(&lower) {
            Token::Zone(zone)
        } else if word.chars().count() <= 5 && word.chars().all(char::is_uppercase) {
            Token::Capitals
        } else {
            return None;
        };
        self.push(token, rest)
    }
}

/// Letters, with the dots of `p.m.` and combining marks in between.
fn word_length(text: &str) -> usize {
    for dotted in ["a.m.", "p.m."] {
        if text.get(..dotted.len()).is_some_and(|head| head.eq_ignore_ascii_case(dotted)) {
            return dotted.len();
        }
    }
    text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// At most nine digits are ever asked for; more is no part of a date and reads as the largest number.
fn number(digits: &str) -> u32 {
    if digits.is_empty() { 0 } else { digits.parse().unwrap_or(u32::MAX) }
}

/// `9:30`, `09:30:00.123`, `9h30`.
fn clock(text: &str) -> Option<(Token, &str)> {
    let (hour, rest) = digits(text);
    if let Some(clock) = spoken_clock(hour, rest) {
        return Some(clock);
    }
    let behind = rest.strip_prefix(':').or_else(|| rest.strip_prefix(['h', 'H']))?;
    let (minute, mut rest) = digits(behind);
    if hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    let mut second = "";
    if let Some(behind) = rest.strip_prefix(':') {
        (second, rest) = digits(behind);
        rest = skip_fraction(rest);
    }
    Some((Token::Clock(Clock::new(number(hour), number(minute), number(second))?), rest))
}

/// `9 pm`, `9.30 Uhr`: the word behind it makes it a time.
fn spoken_clock<'a>(hour: &str, rest: &'a str) -> Option<(Token, &'a str)> {
    let is_time = |rest: &str| {
        let words = ["am", "pm", "a.m", "p.m", "uhr"];
        words.iter().any(|word| {
            let behind = crate::plain::strip_prefix_fold(rest.trim_start(), word);
            behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
        })
    };
    let (minute, behind) = rest.strip_prefix('.').map_or(("", rest), digits);
    let minutes = matches!((minute.len(), behind.len() == rest.len()), (0, true) | (2, _));
    if !matches!(hour.len(), 1 | 2) || !minutes || !is_time(behind) {
        return None;
    }
    Some((Token::Clock(Clock::new(number(hour), number(minute), 0)?), behind))
}

fn skip_fraction(rest: &str) -> &str {
    match rest.strip_prefix(['.', ',']) {
        Some(fraction) if fraction.starts_with(|c: char| c.is_ascii_digit()) => digits(fraction).1,
        _ => rest,
    }
}

/// `2019-W20-2`, `2019-134`.
fn week_or_ordinal(text: &str) -> Option<(Token, &str)> {
    let (year, rest) = digits(text);
    let rest = rest.strip_prefix('-').filter(|_| year.len() == 4)?;
    if let Some(rest) = rest.strip_prefix('W') {
        let (week, rest) = digits(rest);
        let (weekday, rest) = digits(rest.strip_prefix('-')?);
        return Some((Token::Day(week_date(number(year), number(week), number(weekday))?), rest));
    }
    let (day, rest) = digits(rest);
    if day.len() != 3 {
        return None;
    }
    let year = i32::try_from(number(year)).ok()?;
    Some((Token::Day(NaiveDate::from_yo_opt(year, number(day))?), rest))
}

/// `2019-05-14`, `14.05.2019`, `2019年5月14日`, `2019년 5월 14일`.
fn day_in_figures(text: &str) -> Option<(Token, &str)> {
    let (first, rest) = digits(text);
    let separator = rest.chars().next().filter(|c| "-./年년".contains(*c))?;
    let (second, rest) = digits(rest.get(separator.len_utf8()..)?.trim_start());
    let between = rest.chars().next()?;
    let goes_on = match separator {
        '年' => between == '月',
        '년' => between == '월',
        _ => between == separator,
    };
    let (third, rest) = digits(rest.get(between.len_utf8()..)?.trim_start());
    if !goes_on || second.is_empty() || third.is_empty() {
        return None;
    }
    let sized = |digits: &str| (number(digits), digits.len());
    let day = numeric(sized(first), sized(second), sized(third), separator)?;
    Some((Token::Day(day), rest.trim_start_matches(['日', '일'])))
}

/// `20190514`.
fn compact_day(text: &str) -> Option<(Token, &str)> {
    let (run, rest) = digits(text);
    if run.len() != 8 {
        return None;
    }
    let part = |from: usize, to: usize| run.get(from..to).map_or(0, number);
    let year = i32::try_from(part(0, 4)).ok()?;
    Some((Token::Day(NaiveDate::from_ymd_opt(year, part(4, 6), part(6, 8))?), rest))
}

/// A day or year beside a month's name, with the ending of an ordinal.
fn lone_number(text: &str) -> Option<(Token, &str)> {
    let (run, rest) = digits(text);
    let ordinal =
        ["st", "nd", "rd", "th", "er", "º", "ª"].iter().find_map(|ending| rest.strip_prefix(ending));
    let rest = ordinal.filter(|rest| !rest.starts_with(char::is_alphabetic)).unwrap_or(rest);
    matches!(run.len(), 1 | 2 | 4).then(|| (Token::Number { value: number(run), digits: run.len() }, rest))
}
