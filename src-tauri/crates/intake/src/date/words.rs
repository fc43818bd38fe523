//! The words of dates in the languages of the news we read: English, German, French, Spanish,
//! Russian, Ukrainian, Italian, Portuguese, Dutch, Polish, the Scandinavian ones, Finnish, Hungarian,
//! Czech, Romanian, Turkish, Greek, Arabic.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Names and abbreviations of the months, lower case, without the dot.
const MONTHS: [&str; 12] = [
    "jan january januar jänner janv janvier ene enero янв январь января січ січня gen gennaio janeiro \
     januari sty stycznia ιαν ιανουαρίου január ledna ocak tammikuuta ianuarie يناير",
    "feb febr february februar févr fév fevr février febrero фев февр февраль февраля лют лютого febbraio \
     fev fevereiro februari lut lutego φεβ φεβρουαρίου február února şubat helmikuuta februarie فبراير",
    "mar march märz mär maerz mrz mars marzo мар март марта бер березня março mrt maart marca marts μαρ \
     μαρτίου március márc března mart maaliskuuta martie مارس",
    "apr april avr avril abr abril апр апрель апреля кві квітня aprile kwi kwietnia απρ απριλίου április \
     ápr dubna nisan huhtikuuta aprilie أبريل",
    "may mai mayo май мая тра травня mag maggio maio mei maj maja μαϊ μαΐου μαιου május máj května mayıs \
     toukokuuta مايو",
    "jun june juni juin junio июн июнь июня чер червня giu giugno junho cze czerwca ιουν ιουνίου június \
     jún června haziran kesäkuuta iunie يونيو",
    "jul july juli juil juillet julio июл июль июля лип липня lug luglio julho lip lipca ιουλ ιουλίου \
     július júl července temmuz heinäkuuta iulie يوليو",
    "aug august août aout ago agosto авг август августа сер серпня augustus augusti sie sierpnia αυγ \
     αυγούστου augusztus srpna ağustos elokuuta أغسطس",
    "sep sept september septembre septiembre setiembre сен сент сентябрь сентября вер вересня set \
     settembre setembro wrz września σεπ σεπτεμβρίου szeptember szept září eylül syyskuuta septembrie \
     سبتمبر",
    "oct october okt oktober octobre octubre окт октябрь октября жов жовтня ott ottobre out outubro paź \
     października οκτ οκτωβρίου október října ekim lokakuuta octombrie أكتوبر",
    "nov november novembre noviembre ноя нояб ноябрь ноября лис листопада novembro lis listopada νοε \
     νοεμβρίου listopadu kasım marraskuuta noiembrie نوفمبر",
    "dec december dez dezember déc décembre decembre dic diciembre дек декабрь декабря гру грудня \
     dicembre dezembro gru grudnia δεκ δεκεμβρίου prosince aralık joulukuuta decembrie desember ديسمبر",
];

/// Names and abbreviations of the weekdays.
const WEEKDAYS: &str = "mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday sun \
     sunday mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend so sonntag \
     lun lundi mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche lunes martes mié \
     miércoles jue jueves vie viernes sáb sábado dom domingo пн понедельник вт вторник ср среда чт \
     четверг пт пятница сб суббота вс воскресенье понеділок вівторок середа четвер пʼятниця субота неділя \
     lunedì martedì mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira \
     maandag dinsdag woensdag donderdag vrijdag zaterdag zondag poniedziałek wtorek środa czwartek piątek \
     sobota niedziela måndag mandag tisdag tirsdag onsdag torsdag fredag lördag lørdag söndag søndag \
     δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή vasárnap hétfő kedd szerda csütörtök péntek \
     szombat pondělí úterý středa čtvrtek pátek neděle pazartesi salı çarşamba perşembe cuma cumartesi \
     pazar κυρ δευ τρι τετ πεμ παρ σαβ duminică luni marți miercuri joi vineri sâmbătă";

/// Small words between the parts of a date.
const FILLERS: &str = "of the at on um uhr den der le la à de del el a las los il alle ore às os г года год в о року р om \
     kl roku r στις";

/// The months' names that have accents, without them; made once, since any word may be asked for.
static WITHOUT_MARKS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    let mut months = HashMap::new();
    for (name, number) in names().filter(|(name, _)| !name.is_ascii()) {
        months.entry(without_marks(name)).or_insert(number);
    }
    months
});

/// The names of the months with their numbers.
fn names() -> impl Iterator<Item = (&'static str, u32)> {
    MONTHS.iter().zip(1..).flat_map(|(names, number)| names.split(' ').map(move |name| (name, number)))
}

/// The month of a name, with or without its accents.
pub(super) fn month(lower: &str) -> Option<u32> {
    // Most words are ASCII and found as they are.
    let exact = names().find(|(name, _)| *name == lower).map(|(_, number)| number);
    exact.or_else(|| WITHOUT_MARKS.get(&without_marks(lower)).copied())
}

/// A weekday's name that is a month's too: Tuesday in French, Spanish and Italian, March elsewhere.
pub(super) fn is_weekday_or_month(lower: &str) -> bool {
    lower == "mar"
}

pub(super) fn is_weekday(lower: &str) -> bool {
    WEEKDAYS.split(' ').any(|word| word == lower)
}

/// Not among them: the German `am`, which is the morning elsewhere and stands before no bare date.
pub(super) fn is_filler(lower: &str) -> bool {
    FILLERS.split(' ').any(|word| word == lower)
}

/// `Some(true)` for pm, `Some(false)` for am.
pub(super) fn afternoon(lower: &str) -> Option<bool> {
    match lower {
        "am" | "a.m." | "오전" => Some(false),
        "pm" | "p.m." | "오후" => Some(true),
        _ => None,
    }
}

fn without_marks(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).collect()
}
